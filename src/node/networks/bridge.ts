import type { ModeDefinition } from '../plan.ts';
import { conflistFile } from './conflist.ts';

export interface Bridge {
  readonly mode: 'bridge';
  /** One range, or one of each family. */
  readonly podCIDRs: readonly string[];
}

const forFleet = {
  code: 'config/fleet',
  message: 'a block of ranges is for a fleet',
  hint: 'write this node’s own range, e.g. `10.244.7.0/24`; or `nodes`, for `flexgen render`',
};

const block = {
  properties: {
    block: {
      $ref: '#/$defs/cidr',
      description: 'The addresses of all nodes’ pods.',
      examples: ['10.128.0.0/9'],
    },
    size: {
      type: 'integer',
      minimum: 1,
      maximum: 128,
      description: 'The length of the prefix of each node’s range.',
      examples: [24],
    },
  },
  required: ['block', 'size'],
  additionalProperties: false,
};

export const bridge: ModeDefinition<Bridge> = {
  mode: 'bridge',
  summary: 'a Linux bridge with a pod range of this node alone; pods of other nodes are not reached',
  properties: {
    podCIDR: {
      type: ['string', 'array', 'object'],
      format: 'cidr',
      items: {
        type: ['string', 'object'],
        format: 'cidr',
        description: 'One range, or a fleet’s block of ranges.',
        ...block,
      },
      minItems: 1,
      maxItems: 2,
      ...block,
      description:
        'The pods’ addresses on this node: one range, or one of each family. Each node needs its own; those of a fleet are carved from one block.',
      examples: [
        '10.244.7.0/24',
        ['10.244.7.0/24', 'fd00:10:244:7::/64'],
        { block: '10.128.0.0/9', size: 24 },
      ],
    },
  },
  required: ['podCIDR'],
  read(raw, context) {
    const written: readonly unknown[] = [raw['podCIDR']].flat();
    if (!written.every((range) => typeof range === 'string'))
      context.report('network.podCIDR', { severity: 'error', ...forFleet });
    return { mode: 'bridge', podCIDRs: written.map(String) };
  },
  contribute: ({ podCIDRs }) => ({
    hooks: ['conflist', 'bridge'],
    files: [conflistFile(podCIDRs)],
    podCIDR: podCIDRs.join(' '),
  }),
};
