import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Access } from './access.ts';
import { aksScope } from './aks-scope.ts';
import { entraMeaning } from './entra-codes.ts';
import type { Who } from './entra-codes.ts';
import { networkProblem, throttledProblem } from './network-problem.ts';
import { azureProblem, oneLine } from './problem.ts';
import type { Failure } from './transport.ts';

/** The names of the errors that `@azure/identity` throws for what a user can mend. */
const explained = new Set([
  'CredentialUnavailableError',
  'AuthenticationRequiredError',
  'AuthenticationError',
  'RestError',
  'AbortError',
]);

function whoOf({ identity, tenantId, scope }: Access): Who {
  const principal = identity.kind === 'service-principal' ? identity.principal : undefined;
  const managed = identity.kind === 'managed-identity' ? identity.clientId : undefined;
  const tenant = tenantId === null ? '' : ` --tenant ${tenantId}`;
  return {
    clientId: principal?.clientId ?? managed ?? '',
    tenantId: principal?.tenantId ?? tenantId ?? '',
    resource: scope === aksScope ? 'the AKS server application' : 'Azure Resource Manager',
    login: identity.kind === 'azd' ? 'azd auth login' : `az login${tenant}`,
  };
}

/** `AADSTS700016: Application with … was not found. Trace ID: …`, from an answer's body or an error's text. */
function entraProblem(text: string, access: Access): Diagnostic | undefined {
  const [, code, rest = ''] = /AADSTS(\d+):?\s*([^]*)/.exec(text) ?? [];
  if (code === undefined) return undefined;
  const meaning = entraMeaning(code, whoOf(access));
  if (meaning !== undefined) {
    return azureProblem('azure/sign-in', `${meaning.message} (AADSTS${code})`, meaning.hint);
  }
  const said = oneLine(rest.replace(/\\[rn]|\s*(?:Trace ID|Correlation ID|Timestamp)[^]*/g, ' '));
  const hint = `https://login.microsoftonline.com/error?code=${code} explains it`;
  return azureProblem('azure/sign-in', `Entra refuses the sign-in: ${said} (AADSTS${code})`, hint);
}

/** There is no managed identity, or no metadata service to ask. */
export const noManagedIdentity: Diagnostic = azureProblem(
  'azure/sign-in',
  'this machine has no such managed identity',
  'it works on an Azure machine that has one; elsewhere set `azure.signIn` to another',
);

/** What a failed sign-in means. An error that no user could mend is thrown on. */
export function signInProblem(error: unknown, failure: Failure | undefined, access: Access): Diagnostic {
  if (!(error instanceof Error) || !explained.has(error.name)) throw error;
  const entra = entraProblem(failure?.body ?? '', access) ?? entraProblem(error.message, access);
  if (entra !== undefined) return entra;
  if (failure?.status === 429 || (failure?.status ?? 0) >= 500)
    return throttledProblem(failure ?? { host: '' });
  if (access.identity.kind === 'managed-identity') return noManagedIdentity;
  if (failure?.network !== undefined) return networkProblem(failure);
  const said = failure?.status === undefined ? '' : ` (${failure.host} answers ${failure.status})`;
  const hint = 'check `azure.signIn`, `azure.cloud` and `azure.endpoints`';
  return azureProblem('azure/sign-in', `the sign-in failed${said}: ${oneLine(error.message)}`, hint);
}
