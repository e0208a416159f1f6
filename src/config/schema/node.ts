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
          type: ['string', 'array'],
          format: 'cidr',
          items: { type: 'string', format: 'cidr', description: 'One network.' },
          minItems: 1,
          maxItems: 2,
          description:
            'The address that is in this network; in a dual-stack cluster two, one of each family.',
          examples: ['10.8.0.0/16', ['10.8.0.0/16', 'fd00:8::/64']],
        },
        interface: {
          type: 'string',
          format: 'interface',
          description:
            'The address of this network interface; in a dual-stack cluster one of each family that it has.',
          examples: ['eth1'],
        },
        address: {
          type: ['string', 'array'],
          format: 'ip',
          items: { type: 'string', format: 'ip', description: 'One address.' },
          minItems: 1,
          maxItems: 2,
          description: 'This address; in a dual-stack cluster two, one of each family.',
          examples: ['10.8.0.21', ['10.8.0.21', 'fd00:8::21']],
        },
      },
      additionalProperties: false,
      minProperties: 1,
      maxProperties: 1,
      description: 'Which of the machine’s addresses is the node’s. Default: the one of the default route.',
      examples: [{ cidr: '10.8.0.0/16' }, { interface: 'eth1' }, { address: '10.8.0.21' }],
    },
    hosts: {
      type: 'object',
      propertyNames: { format: 'host-name', type: 'string' },
      additionalProperties: {
        type: ['string', 'array'],
        format: 'ip',
        items: { type: 'string', format: 'ip', description: 'One address.' },
        minItems: 1,
        maxItems: 16,
        description: 'The name’s address, or a list of them.',
        examples: ['10.8.0.4'],
      },
      default: {},
      description:
        'Names for the machine’s hosts file, such as that of a private API server; they outlive reboots.',
      examples: [{ 'aks1-abc123.privatelink.westeurope.azmk8s.io': '10.8.0.4' }],
    },
    waitFor: {
      type: 'object',
      properties: {
        interface: {
          type: 'string',
          format: 'interface',
          description: 'A network interface, such as a VPN’s, that must be up and have an address.',
          examples: ['wg0'],
        },
        timeout: {
          type: 'string',
          format: 'wait',
          default: '5m',
          description: 'How long, before the machine says that it waits in vain; it then begins anew.',
          examples: ['90s', '5m'],
        },
      },
      required: ['interface'],
      additionalProperties: false,
      description: 'What the machine waits for before it downloads anything.',
      examples: [{ interface: 'wg0', timeout: '5m' }],
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
