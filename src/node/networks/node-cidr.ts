import type { ModeDefinition } from '../plan.ts';
import { conflistFile } from './conflist.ts';

export interface NodeCidr {
  readonly mode: 'node-cidr';
}

export const nodeCidr: ModeDefinition<NodeCidr> = {
  mode: 'node-cidr',
  summary: 'a Linux bridge with the range that the cluster gives the node (node.spec.podCIDR)',
  properties: {},
  required: [],
  read: () => ({ mode: 'node-cidr' }),
  contribute: (_, { facts: { podCIDRs } }) => ({
    hooks: ['conflist', 'node-cidr'],
    // IPv4 alone where nothing is known of the cluster's pods.
    files: [conflistFile(podCIDRs.length === 0 ? ['0.0.0.0/0'] : podCIDRs)],
  }),
};
