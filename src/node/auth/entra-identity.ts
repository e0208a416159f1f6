import type { JsonSchema, ReadContext } from '../../config/mode.ts';
import type { AuthBase } from '../../config/spec.ts';

/** What every mode has whose identity is one of Entra's. */
export interface EntraIdentity {
  /** Who the identity is to the cluster's RBAC; null where the config does not say, which rendering does not need. */
  readonly objectId: string | null;
  readonly credentialUse: AuthBase['credentialUse'];
}

/** Its keys in the config. `objectId` says how the object id is found out. */
export const identityProperties = (objectId: string): Readonly<Record<string, JsonSchema>> => ({
  objectId: { $ref: '#/$defs/guid', description: objectId },
  credentialUse: {
    enum: ['bootstrap', 'always'],
    default: 'bootstrap',
    description:
      'bootstrap: the identity only asks for a node certificate. always: it signs every call and needs ClusterRole system:node.',
  },
});

/** A GUID as the config has it, in small letters: RBAC compares letter by letter, and Entra's tokens have small ones. */
export const guidOf = (raw: unknown): string | null => (typeof raw === 'string' ? raw.toLowerCase() : null);

/** The text at a key, or null. */
export const textAt = (raw: unknown): string | null => (typeof raw === 'string' ? raw : null);

/** Reads the keys, and warns of what `always` means. `what` is the identity in words, e.g. `the principal`. */
export function readIdentity(
  raw: Readonly<Record<string, unknown>>,
  what: string,
  context: ReadContext,
): EntraIdentity {
  const credentialUse = raw['credentialUse'] === 'always' ? 'always' : 'bootstrap';
  if (credentialUse === 'always') {
    context.report('auth.credentialUse', {
      severity: 'warning',
      code: 'auth/credential-use',
      message: `with \`always\` ${what} needs ClusterRole system:node: it can read every secret of the cluster and sign in as any service account`,
      hint: 'leave credentialUse out unless the cluster signs no node certificates',
    });
  }
  return { objectId: guidOf(raw['objectId']), credentialUse };
}
