import { isMap } from '../../config/data.ts';
import type { JsonSchema, ReadContext } from '../../config/mode.ts';
import type { FileRef, SecretRef } from '../../config/spec.ts';

/** What the service principal proves with who it is. */
export type PrincipalProof =
  | { readonly kind: 'secret'; readonly secret: SecretRef }
  /** Certificate and unencrypted RSA key, both PEM, in one file of the workstation. */
  | { readonly kind: 'certificate'; readonly pem: FileRef }
  /** A token of an issuer that the application trusts, in a file of the node. */
  | { readonly kind: 'federated'; readonly tokenFile: string };

const kinds = ['secret', 'certificate', 'federated'] as const;

export const proofProperties: Readonly<Record<(typeof kinds)[number], JsonSchema>> = {
  secret: {
    $ref: '#/$defs/secret',
    description: 'The client secret, from the environment, a file or a command.',
    examples: [{ env: 'AZURE_CLIENT_SECRET' }],
  },
  certificate: {
    $ref: '#/$defs/file',
    description: 'A PEM file with the application’s certificate and its RSA key, which goes to the node.',
    examples: [{ file: './principal.pem' }],
  },
  federated: {
    description: 'A token of an issuer that the application trusts, which somebody else keeps on the node.',
    type: 'object',
    properties: {
      file: {
        type: 'string',
        format: 'node-path',
        description: 'An absolute path on the node; it is read anew for each request.',
        examples: ['/var/run/secrets/azure/token'],
      },
    },
    required: ['file'],
    additionalProperties: false,
    examples: [{ file: '/var/run/secrets/azure/token' }],
  },
};

const fileOf = (raw: unknown): string => (isMap(raw) && 'file' in raw ? String(raw['file']) : '');

/** Reads the one proof that there must be; reports where there is none, or more than one. */
export function readProof(raw: Readonly<Record<string, unknown>>, context: ReadContext): PrincipalProof {
  const given = kinds.filter((kind) => context.written(`auth.${kind}`));
  if (given.length !== 1) {
    const message = '`auth` needs exactly one of `secret`, `certificate` and `federated`';
    const hint = given.length === 0 ? 'add one' : 'keep one';
    context.report('auth', { severity: 'error', code: 'auth/proof', message, hint }, 'key');
  }
  if (raw['certificate'] !== undefined)
    return { kind: 'certificate', pem: context.file(raw['certificate'], 'auth.certificate') };
  if (raw['federated'] !== undefined) return { kind: 'federated', tokenFile: fileOf(raw['federated']) };
  return { kind: 'secret', secret: context.secret(raw['secret'] ?? {}, 'auth.secret') };
}
