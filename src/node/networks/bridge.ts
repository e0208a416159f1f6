import type { ModeDefinition } from '../plan.ts';
import { conflistFile } from './conflist.ts';

export interface Bridge {
  readonly mode: 'bridge';
  /** One range, or one of each family. */
  readonly podCIDRs: readonly string[];
}

export const bridge: ModeDefinition<Bridge> = {
  mode: 'bridge',
  summary: 'a Linux bridge with a pod range of this node alone; pods of other nodes are not reached',
  properties: {
    podCIDR: {
      type: ['string', 'array'],
      format: 'cidr',
      items: { type: 'string', format: 'cidr', description: 'One range.' },
      minItems: 1,
      maxItems: 2,
      description:
        'The pods’ addresses on this node: one range, or one of each family. Each node needs its own.',
      examples: ['10.244.7.0/24', ['10.244.7.0/24', 'fd00:10:244:7::/64']],
    },
  },
  required: ['podCIDR'],
  read: (raw) => ({ mode: 'bridge', podCIDRs: [raw['podCIDR']].flat().map(String) }),
  contribute: ({ podCIDRs }) => ({
    hooks: ['conflist', 'bridge'],
    files: [conflistFile(podCIDRs)],
    podCIDR: podCIDRs.join(' '),
  }),
};
