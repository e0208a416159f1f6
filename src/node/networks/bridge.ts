import type { ModeDefinition } from '../plan.ts';
import { conflistFile } from './conflist.ts';

export interface Bridge {
  readonly mode: 'bridge';
  readonly podCIDR: string;
}

export const bridge: ModeDefinition<Bridge> = {
  mode: 'bridge',
  summary: 'a Linux bridge with a pod range of this node alone; pods of other nodes are not reached',
  properties: {
    podCIDR: {
      $ref: '#/$defs/cidr',
      description: 'The pods’ addresses on this node. Each node needs its own range.',
      examples: ['10.244.7.0/24'],
    },
  },
  required: ['podCIDR'],
  read: (raw) => ({ mode: 'bridge', podCIDR: String(raw['podCIDR']) }),
  contribute: ({ podCIDR }) => ({
    hooks: ['conflist', 'bridge'],
    files: [conflistFile([podCIDR])],
    podCIDR,
  }),
};
