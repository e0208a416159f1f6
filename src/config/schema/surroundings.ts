import type { JsonSchema } from '../mode.ts';
import { login } from './login.ts';

const proxyUrl = {
  type: 'string',
  format: 'proxy-url',
  description: 'The proxy, without name and password.',
  examples: ['http://proxy.corp:3128'],
} as const;

const proxyServer = (protocol: string): JsonSchema => ({
  ...proxyUrl,
  type: ['string', 'object'],
  properties: { url: proxyUrl, ...login('the proxy') },
  required: ['url', 'username', 'password'],
  additionalProperties: false,
  description: `The proxy for ${protocol}: its URL, or \`{url, username, password}\` where it asks for a password.`,
  examples: [
    'http://proxy.corp:3128',
    { url: 'http://proxy.corp:3128', username: 'edge', password: { env: 'PROXY_PASSWORD' } },
  ],
});

/** `proxy`: the way out. */
export const proxy: JsonSchema = {
  description: 'The proxy between the machine and the Internet: for downloads, containerd and kubelet.',
  type: 'object',
  default: {},
  properties: {
    http: proxyServer('http'),
    https: proxyServer('https'),
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
    ca: {
      $ref: '#/$defs/file',
      description:
        'A private CA (PEM) with which the proxy signs in the servers’ place (TLS inspection). The machine trusts it for all but the API server.',
      examples: [{ file: './corp-ca.pem' }],
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
      description:
        'User-data in a file, relative to this one: a `#cloud-config` is merged into the payload’s, a script or a MIME message stands beside it.',
      examples: ['./mine.yaml'],
    },
  },
  additionalProperties: false,
};

/** `output`: what the payload looks like. */
export const output = (targets: readonly string[], envelopes: readonly string[]): JsonSchema => ({
  description: 'The payload’s form.',
  type: 'object',
  default: {},
  properties: {
    target: {
      enum: targets,
      default: 'any',
      description:
        'What the machine is made by: says how large the payload may be, and which envelopes it takes.',
      examples: ['aws'],
    },
    envelope: {
      enum: ['auto', ...envelopes],
      default: 'auto',
      description: 'How the payload is wrapped; `auto`: as easy to read as the target lets it be.',
      examples: ['gzip-base64'],
    },
    url: {
      $ref: '#/$defs/httpsUrl',
      description: 'Where you will serve the payload, for the envelope `include`.',
      examples: ['https://boot.corp.example/edge-01.yaml'],
    },
  },
  additionalProperties: false,
});

/** `nodes`: what is each node's own. Its rows are checked as a part of the config each, by `flexgen render`. */
export const nodes: JsonSchema = {
  description:
    'A fleet, for `flexgen render`: what is each node’s own, with keys of `node` as they are and sections beside them; or how many nodes there are.',
  type: ['array', 'integer'],
  minItems: 1,
  minimum: 1,
  items: {
    type: 'object',
    description: 'One node: laid over the rest of the file.',
    examples: [{ name: 'edge-01', labels: { rack: 'a' }, network: { podCIDR: '10.244.7.0/24' } }],
  },
  examples: [[{ name: 'edge-01', labels: { rack: 'a' } }, { name: 'edge-02' }], 500],
};
