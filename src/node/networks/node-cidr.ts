import { textFile } from '../files.ts';
import type { ModeDefinition } from '../plan.ts';
import { bridgeConflist } from './conflist.ts';
import type { PodRange } from './conflist.ts';

export interface NodeCidr {
  readonly mode: 'node-cidr';
}

/** `@0`, `@1`: one for each address family of the cluster's pods; IPv4 alone where nothing is known of them. */
const marks = (podCIDRs: readonly string[]): readonly PodRange[] =>
  (podCIDRs.length === 0 ? ['0.0.0.0/0'] : podCIDRs).map((cidr, index) => ({
    subnet: `@${index}`,
    isIPv6: cidr.includes(':'),
  }));

export const nodeCidr: ModeDefinition<NodeCidr> = {
  mode: 'node-cidr',
  summary: 'a Linux bridge with the range that the cluster gives the node (node.spec.podCIDR)',
  properties: {},
  required: [],
  read: () => ({ mode: 'node-cidr' }),
  contribute: (_, { facts }) => ({
    hooks: ['node-cidr'],
    // The node puts its own ranges in the place of these marks, in the cluster's order of address families.
    files: [textFile('/etc/flexgen/node-cidr.conflist', bridgeConflist(marks(facts.podCIDRs)))],
  }),
};
