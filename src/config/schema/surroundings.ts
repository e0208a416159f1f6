import type { JsonSchema } from '../mode.ts';

/** `proxy`: the way out. */
export const proxy: JsonSchema = {
  description: 'The proxy between the machine and the Internet: for downloads, containerd and kubelet.',
  type: 'object',
  default: {},
  properties: {
    http: {
      type: 'string',
      format: 'proxy-url',
      description: 'The proxy for http, without a password.',
      examples: ['http://proxy.corp:3128'],
    },
    https: {
      type: 'string',
      format: 'proxy-url',
      description: 'The proxy for https, without a password.',
      examples: ['http://proxy.corp:3128'],
    },
    noProxy: {
      type: 'array',
      items: {
        type: 'string',
        format: 'no-proxy',
        description: 'A host, a domain, an address or a network.',
        examples: ['.corp.example'],
      },
      default: [],
      description: 'What is reached without the proxy, besides the cluster itself.',
      examples: [['.corp.example', '10.0.0.0/8']],
    },
  },
  additionalProperties: false,
};

/** `ssh`: who may sign in to the machine. */
export const ssh: JsonSchema = {
  description: 'Access to the machine.',
  type: 'object',
  default: {},
  properties: {
    authorizedKeys: {
      type: 'array',
      items: {
        type: 'string',
        format: 'ssh-key',
        multiline: true,
        description: 'A public key, as in `authorized_keys`.',
        examples: ['ssh-ed25519 AAAAC3Nza… me@laptop'],
      },
      default: [],
      description: 'Public keys of the image’s default user.',
      examples: [['ssh-ed25519 AAAAC3Nza… me@laptop']],
    },
  },
  additionalProperties: false,
};

/** `userData`: what the machine's maker has for cloud-init already. */
export const userData: JsonSchema = {
  description: 'User-data that the machine has anyway.',
  type: 'object',
  default: {},
  properties: {
    merge: {
      type: 'string',
      minLength: 1,
      description: 'A `#cloud-config` file, relative to this file, that is merged into the payload.',
      examples: ['./mine.yaml'],
    },
  },
  additionalProperties: false,
};

/** `output`: what the payload looks like. */
export const output: JsonSchema = {
  description: 'The payload’s form.',
  type: 'object',
  default: {},
  properties: {
    target: { enum: ['any'], default: 'any', description: 'What reads the payload.', examples: ['any'] },
    envelope: {
      enum: ['auto', 'plain'],
      default: 'auto',
      description: 'How the payload is wrapped.',
      examples: ['plain'],
    },
  },
  additionalProperties: false,
};
