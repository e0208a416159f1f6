import { textFile } from '../files.ts';
import type { ModeDefinition } from '../plan.ts';
import { bridgeConflist } from './conflist.ts';

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
    // 99-: a CNI that is installed later (Cilium writes 05-) wins.
    files: [
      textFile(
        '/etc/cni/net.d/99-flexgen.conflist',
        bridgeConflist([{ subnet: podCIDR, isIPv6: podCIDR.includes(':') }]),
        { phase: 'boot' },
      ),
    ],
  }),
};
