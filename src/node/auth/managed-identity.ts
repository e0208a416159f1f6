import type { ModeDefinition } from '../plan.ts';
import { guidOf, identityProperties, readIdentity } from './entra-identity.ts';
import type { EntraIdentity } from './entra-identity.ts';
import { tokenEnv, tokenHook, tokenScript } from './token-files.ts';

export interface ManagedIdentity extends EntraIdentity {
  readonly mode: 'managed-identity';
  /** Which of the machine's user-assigned identities; null = the system-assigned one, or the only one. */
  readonly clientId: string | null;
}

export const managedIdentity: ModeDefinition<ManagedIdentity> = {
  mode: 'managed-identity',
  summary: 'the identity of an Azure VM; the node asks the VM’s own metadata service for tokens',
  properties: {
    clientId: {
      $ref: '#/$defs/guid',
      description: 'The client id of a user-assigned identity. Default: the one that the machine has.',
    },
    ...identityProperties(
      'The object (principal) id of the identity, for `flexgen cluster`: `az vm identity show`, or `az identity show --query principalId -o tsv`.',
    ),
  },
  required: [],
  read: (raw, context) => ({
    mode: 'managed-identity',
    clientId: guidOf(raw['clientId']),
    ...readIdentity(raw, 'the machine’s identity', context),
  }),
  contribute({ clientId, credentialUse }, context) {
    return {
      hooks: [tokenHook(credentialUse)],
      files: [tokenScript('imds', context), tokenEnv('imds', { clientId: clientId ?? '' }, context)],
    };
  },
};
