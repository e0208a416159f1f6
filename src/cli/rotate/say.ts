import type { NodeSpec } from '../../node/index.ts';

/** What somebody else renews, in modes of which a node has nothing that could be replaced here. */
export const renewedElsewhere = {
  'arc': 'Azure renews what a machine of Arc signs in with, and its agent takes it up by itself',
  'managed-identity':
    'Azure renews what the machine’s identity signs in with, and no node has anything of it',
} as const satisfies Partial<Record<NodeSpec['auth']['mode'], string>>;

/** After a proof that is good, for nodes that have nothing of it any more. */
export const onlyForJoining =
  'nodes that have joined have nothing of it: their certificates renew themselves\n' +
  'render again for machines that are yet to join: payloads of before end with the old one\n';

const az = '`az ad app credential';

/** How a snippet is used. */
export const howToRun = (out: string | undefined): string => {
  const snippet = out === undefined ? 'flexgen rotate …' : `cat ${out}`;
  return `run it on each node, as standard input of a shell: \`${snippet} | ssh NODE sudo bash -s\`\n`;
};

/** What is left to do once every node has the new one. */
export const thenDelete = (clientId: string): string =>
  `then delete the old one: ${az} list --id ${clientId}\`, ${az} delete --id ${clientId} --key-id KEY\`\n`;
