import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Bound } from './bound.ts';

type EntraMode = Exclude<Bound['mode'], 'bootstrap-token'>;

type Words = Pick<Diagnostic, 'message' | 'path'> & { readonly hint: string };

/** `command` prints the object id. */
const unwritten = (who: string, command: string): Words => ({
  path: 'auth.objectId',
  message: `the cluster knows ${who} by its object id, and the config doesn’t have it`,
  hint: `add \`objectId: GUID\`; \`${command}\` prints it`,
});

const ofApplication = (clientId: string): string => `az ad sp show --id ${clientId} --query id -o tsv`;

const words = {
  'service-principal': (clientId) => unwritten('a service principal', ofApplication(clientId ?? 'CLIENT_ID')),
  'managed-identity': (clientId) =>
    unwritten(
      'a managed identity',
      clientId === null
        ? 'az vm identity show --resource-group GROUP --name VM --query principalId -o tsv'
        : ofApplication(clientId),
    ),
  'arc': () => ({
    path: 'auth',
    message: 'the machine is not in Azure yet, so the cluster can’t be told who it is',
    hint: '`flexgen identity apply` registers it; a machine that registers itself has to boot first',
  }),
} as const satisfies Record<EntraMode, (clientId: string | null) => Words>;

/** An identity that the cluster can't be told of yet. */
export function unknownSubject(mode: EntraMode, clientId: string | null): Diagnostic {
  return { severity: 'error', code: 'cluster/object-id', ...words[mode](clientId) };
}
