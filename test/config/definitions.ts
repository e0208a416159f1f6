import type { ModeSchema } from '../../src/config/mode.ts';
import { imageSources } from '../../src/render/packer/sources/index.ts';
import type { AuthBase, NetworkBase, SecretRef } from '../../src/config/spec.ts';

interface Token extends AuthBase {
  readonly mode: 'bootstrap-token';
  readonly token: SecretRef;
}

interface Principal extends AuthBase {
  readonly mode: 'service-principal';
  readonly clientId: string;
  readonly secret: SecretRef;
}

interface Bridge extends NetworkBase {
  readonly mode: 'bridge';
  readonly podCIDRs: readonly string[];
}

interface External extends NetworkBase {
  readonly mode: 'external';
}

const token: ModeSchema<Token> = {
  mode: 'bootstrap-token',
  summary: 'A token.',
  properties: { token: { $ref: '#/$defs/secret', description: 'The token.', examples: [{ env: 'TOKEN' }] } },
  required: ['token'],
  read: (raw, context) => ({
    mode: 'bootstrap-token',
    credentialUse: 'bootstrap',
    token: context.secret(raw['token'], 'auth.token'),
  }),
};

const principal: ModeSchema<Principal> = {
  mode: 'service-principal',
  summary: 'An application.',
  properties: {
    clientId: { $ref: '#/$defs/guid', description: 'The application.' },
    secret: { $ref: '#/$defs/secret', description: 'Its secret.' },
    credentialUse: {
      enum: ['bootstrap', 'always'],
      default: 'bootstrap',
      description: 'What for.',
      examples: ['always'],
    },
  },
  required: ['clientId', 'secret'],
  read(raw, context) {
    const always = raw['credentialUse'] === 'always';
    if (always) {
      context.report('auth.credentialUse', {
        severity: 'warning',
        code: 'auth/credential-use',
        message: 'it may read every secret',
      });
    }
    return {
      mode: 'service-principal',
      credentialUse: always ? 'always' : 'bootstrap',
      clientId: String(raw['clientId']),
      secret: context.secret(raw['secret'], 'auth.secret'),
    };
  },
};

const bridge: ModeSchema<Bridge> = {
  mode: 'bridge',
  summary: 'A bridge.',
  properties: {
    podCIDR: {
      type: ['string', 'array'],
      format: 'cidr',
      items: { type: 'string', format: 'cidr', description: 'One range.' },
      maxItems: 2,
      description: 'The pods’ range.',
      examples: ['10.244.7.0/24'],
    },
  },
  required: ['podCIDR'],
  read: (raw) => ({ mode: 'bridge', podCIDRs: [raw['podCIDR']].flat().map(String) }),
};

const external: ModeSchema<External> = {
  mode: 'external',
  summary: 'Somebody else’s.',
  properties: {},
  required: [],
  read: () => ({ mode: 'external' }),
};

/** Modes enough to test the loader with; the real ones stand a floor above it. */
export const definitions = {
  auth: [token, principal],
  network: [bridge, external],
  sources: imageSources,
  targets: ['any', 'aws'],
  envelopes: ['plain', 'gzip-base64'],
} as const;
