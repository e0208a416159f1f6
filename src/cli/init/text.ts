import type { Auth } from '../../node/auth/index.ts';
import { configText } from '../config-text.ts';
import type { Section } from '../config-text.ts';
import type { Answers } from './answers.ts';

type Commented = Pick<Section, 'comment' | 'value'>;

function cluster({ resourceId, facts }: Answers): Commented {
  if (facts !== undefined)
    return { comment: ['From this file: no network is needed to render.'], value: { facts } };
  const comment = [
    'Read from Azure at each render; `flexgen facts` keeps it in a file, for renders without a network.',
  ];
  return { comment, value: { resourceId } };
}

const auth: Readonly<Record<Auth['mode'], (answers: Answers) => Commented>> = {
  'bootstrap-token': () => ({
    comment: [
      'flexgen makes a token for this node when it renders, and the node forgets it once it is Ready.',
      'The token must outlive the time until the machine boots.',
    ],
    value: { mode: 'bootstrap-token', ttl: '24h' },
  }),
  'arc': () => ({
    comment: [
      'flexgen makes the machine in Azure, with a key of its own, before it boots. Its resourceGroup, location and',
      'subscriptionId are the cluster’s, unless they stand here.',
    ],
    value: { mode: 'arc' },
  }),
  'service-principal': ({ clientId, tenantId }) => ({
    comment: [
      'The secret never stands here: {env: NAME}, {file: PATH} or {command: [op, read, …]}; or in its place',
      'certificate: {file: cert-and-key.pem}. The node forgets it once it is Ready.',
    ],
    value: { mode: 'service-principal', clientId, tenantId, secret: { env: 'AZURE_CLIENT_SECRET' } },
  }),
  'managed-identity': () => ({
    comment: [
      'For Azure VMs. With several identities say which: clientId; nothing in the payload is secret.',
    ],
    value: { mode: 'managed-identity' },
  }),
};

function network({ podCidr }: Answers): Commented {
  if (podCidr === undefined) return { comment: [], value: undefined };
  const comment = ['This node’s own range of pod addresses; another node needs another one.'];
  return { comment, value: { mode: 'bridge', podCIDR: podCidr } };
}

const noNetwork = [
  'The pods’ network follows from the cluster. Where its controller gives nodes no range, give each node its own:',
  'network: { mode: bridge, podCIDR: 10.244.7.0/24 }',
];

/** The first config, whose comments say what was chosen. */
export function firstConfig(answers: Answers): string {
  const { mode = '', name = '', os, arch } = answers;
  const find = Object.entries(auth).find(([key]) => key === mode)?.[1];
  if (find === undefined) throw new Error(`no mode ${mode}`);
  const sections: readonly Section[] = [
    { key: 'cluster', ...cluster(answers) },
    { key: 'auth', ...find(answers) },
    {
      key: 'node',
      comment:
        name === '' ? ['Its name is the machine’s own host name, unless it stands here: name: edge-01'] : [],
      value: { ...(name === '' ? {} : { name }), os, arch },
    },
    { key: 'network', ...network(answers) },
  ];
  const head = [
    'An editor completes every key and says what it means: `flexgen schema > schema.json`, and as the first line of this',
    'file `# yaml-language-server: $schema=schema.json`.',
  ];
  return configText(head, sections, answers.podCidr === undefined ? noNetwork : []);
}
