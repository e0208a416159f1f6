import { configText } from '../config-text.ts';
import type { Draft } from './draft.ts';

/** The order in which a config is read, and what a reader should know of each section. */
const sections: readonly (readonly [key: string, comment: readonly string[]])[] = [
  ['cluster', []],
  ['auth', ['How the node signs in, until it has a certificate of its own; then this is gone from it.']],
  ['node', ['Without a name it is the machine’s own host name: one config for any number of machines.']],
  ['versions', ['What is left out follows the cluster.']],
  ['runtime', []],
  [
    'artifacts',
    ['https://HOST/PATH is fetched from MIRROR/HOST/PATH; `flexgen bundle` fills such a folder.'],
  ],
  ['azure', []],
];

const network = [
  'The pods’ network follows from the cluster. Where its controller gives nodes no range, give each node its own:',
  'network: { mode: bridge, podCIDR: 10.244.7.0/24 }',
];

/** The whole file, commented. */
export const migratedText = ({ config }: Draft, head: readonly string[]): string =>
  configText(
    head,
    sections.map(([key, comment]) => ({ key, comment, value: config[key] })),
    network,
  );
