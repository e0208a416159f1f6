import type { JsonSchema } from '../mode.ts';

/** `node`: the machine that is made a node. */
export const node: JsonSchema = {
  description: 'The machine, and the node that it becomes.',
  type: 'object',
  default: {},
  properties: {
    name: {
      type: ['string', 'object'],
      format: 'node-name',
      properties: {
        from: { const: 'hostname', description: 'The machine’s own host name.', examples: ['hostname'] },
      },
      required: ['from'],
      additionalProperties: false,
      default: { from: 'hostname' },
      description: 'The node’s name, or `{from: hostname}`: one payload for a whole scaling group.',
      examples: ['edge-01', { from: 'hostname' }],
    },
    os: {
      enum: ['ubuntu-22.04', 'ubuntu-24.04', 'debian-12', 'debian-13'],
      default: 'ubuntu-24.04',
      description: 'The machine’s operating system.',
      examples: ['ubuntu-24.04'],
    },
    arch: {
      enum: ['amd64', 'arm64', 'auto'],
      default: 'amd64',
      description: 'The machine’s architecture; `auto` is decided at boot.',
      examples: ['arm64'],
    },
    ip: {
      type: 'object',
      properties: {
        cidr: {
          $ref: '#/$defs/cidr',
          description: 'The address that is in this network.',
          examples: ['10.8.0.0/16'],
        },
        interface: {
          type: 'string',
          format: 'interface',
          description: 'The address of this network interface.',
          examples: ['eth1'],
        },
        address: { type: 'string', format: 'ip', description: 'This address.', examples: ['10.8.0.21'] },
      },
      additionalProperties: false,
      minProperties: 1,
      maxProperties: 1,
      description: 'Which of the machine’s addresses is the node’s. Default: the one of the default route.',
      examples: [{ cidr: '10.8.0.0/16' }, { interface: 'eth1' }, { address: '10.8.0.21' }],
    },
    labels: {
      type: 'object',
      propertyNames: { format: 'label-key', type: 'string' },
      additionalProperties: {
        type: 'string',
        format: 'label-value',
        description: 'The label’s value.',
        examples: ['factory-7'],
      },
      default: {},
      description: 'Labels of the node.',
      examples: [{ site: 'factory-7' }],
    },
    taints: {
      type: 'array',
      items: {
        type: 'string',
        format: 'taint',
        description: '`key=value:Effect` or `key:Effect`.',
        examples: ['dedicated=edge:NoSchedule'],
      },
      default: [],
      description: 'Taints of the node, as `key=value:Effect` or `key:Effect`.',
      examples: [['dedicated=edge:NoSchedule']],
    },
    maxPods: {
      type: 'integer',
      minimum: 1,
      maximum: 1024,
      default: 110,
      description: 'How many pods the node takes.',
      examples: [110],
    },
    kubelet: {
      type: 'object',
      default: {},
      description: 'Fields of the KubeletConfiguration (v1beta1); they win over flexgen’s.',
      examples: [{ imageGCHighThresholdPercent: 70 }],
    },
    forceKubelet: {
      type: 'boolean',
      default: false,
      description:
        'Takes even those fields of `kubelet` that are known to break the join or the node’s security.',
      examples: [true],
    },
  },
  additionalProperties: false,
};
