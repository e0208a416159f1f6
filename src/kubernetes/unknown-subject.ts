import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Bound } from './bound.ts';

type EntraMode = Exclude<Bound['mode'], 'bootstrap-token'>;

interface Words {
  readonly who: string;
  /** The command that prints the object id. */
  readonly command: string;
}

const words = {
  'service-principal': (clientId) => ({
    who: 'a service principal',
    command: `az ad sp show --id ${clientId ?? 'CLIENT_ID'} --query id -o tsv`,
  }),
  'managed-identity': (clientId) =>
    clientId === null
      ? {
          who: 'a managed identity',
          command: 'az vm identity show --resource-group GROUP --name VM --query principalId -o tsv',
        }
      : { who: 'a managed identity', command: `az ad sp show --id ${clientId} --query id -o tsv` },
  'arc': () => ({
    who: 'an Arc machine',
    command:
      'az connectedmachine show --resource-group GROUP --name MACHINE --query identity.principalId -o tsv',
  }),
} as const satisfies Record<EntraMode, (clientId: string | null) => Words>;

/** An identity that the cluster can't be told of yet. */
export function unknownSubject(mode: EntraMode, clientId: string | null): Diagnostic {
  const { who, command } = words[mode](clientId);
  return {
    severity: 'error',
    code: 'cluster/object-id',
    path: 'auth.objectId',
    message: `the cluster knows ${who} by its object id, and the config doesn’t have it`,
    hint: `add \`objectId: GUID\`; \`${command}\` prints it`,
  };
}
