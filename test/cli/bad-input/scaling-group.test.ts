import { sample } from '../sample.ts';
import { refuses } from './refuses.ts';

refuses('scaling groups', [
  {
    name: 'with a range of pods that is one machine’s',
    config: sample
      .replace('{ mode: external }', '{ mode: bridge, podCIDR: 10.250.7.0/24 }')
      .concat('node: { name: { from: hostname } }\n'),
    stderr: `error: every machine of a scaling group would give its pods addresses of \`10.250.7.0/24\`
 --> flexgen.yaml:6:35
  |
6 | network: { mode: bridge, podCIDR: 10.250.7.0/24 }
  |                                   ^^^^^^^^^^^^^
  = use \`mode: node-cidr\`, with which the cluster gives each node its range, or \`external\`; for one machine write its name in \`node.name\`
`,
  },
]);
