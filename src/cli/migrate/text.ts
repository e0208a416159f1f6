import { hashComment } from '../../encode/comment.ts';
import { readableYaml } from '../../encode/document.ts';
import type { Draft } from './draft.ts';

/** The order in which a config is read, and what a reader should know of each section. */
const sections: readonly (readonly [key: string, comment: readonly string[]])[] = [
  ['apiVersion', []],
  ['cluster', []],
  ['auth', ['How the node signs in, until it has a certificate of its own; then this is gone from it.']],
  ['node', ['Without a name it is the machine’s own host name: one config for any number of machines.']],
  ['versions', ['What is left out follows the cluster.']],
  ['runtime', []],
  ['components', []],
  [
    'artifacts',
    ['https://HOST/PATH is fetched from MIRROR/HOST/PATH; `flexgen bundle` fills such a folder.'],
  ],
  ['azure', []],
];

const networkNote = [
  '',
  'The pods’ network follows from the cluster. Where its controller gives nodes no range, give each node its own:',
  'network: { mode: bridge, podCIDR: 10.244.7.0/24 }',
];

/** The whole file, commented. */
export function configText({ config }: Draft, head: readonly string[]): string {
  const all: Readonly<Record<string, unknown>> = { apiVersion: 'flexgen/v1', ...config };
  const written = sections
    .filter(([key]) => all[key] !== undefined && Object.keys(Object(all[key])).length > 0)
    .map(([key, comment]) => hashComment(comment) + readableYaml({ [key]: all[key] }));
  return `${hashComment(head)}${written.join('\n')}${hashComment(networkNote).replace('#\n', '\n')}`;
}
