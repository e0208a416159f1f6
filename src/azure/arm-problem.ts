import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { assignCommand } from './least-roles.ts';
import { networkProblem, throttledProblem } from './network-problem.ts';
import { azureProblem, oneLine } from './problem.ts';
import type { Failure } from './transport.ts';

/** What is wrong, and what to do about it. */
interface Verdict {
  readonly message: string;
  readonly hint: string;
}

/** What a request asks for, in the words by which its refusal is explained. */
export interface Ask {
  readonly subscriptionId: string;
  /** What must be allowed, e.g. `Microsoft.HybridCompute/machines/write`. */
  readonly action: string;
  /** The least role that allows it, and the scope at which it is assigned. */
  readonly role: string;
  readonly scope: string;
  /** What it is done to: `the cluster`. */
  readonly thing: string;
  /** For a thing that is not there. */
  readonly missing?: Verdict;
  readonly group?: { readonly name: string; readonly hint: string };
  /** For a thing that is there, but another; `said` is what Azure says. */
  readonly conflict?: (said: string) => Verdict;
  /** For a network that is at fault. */
  readonly network?: string;
  /** Where a config says which thing it is. */
  readonly path?: string;
}

const again = 'check the network and HTTPS_PROXY, then run it again: what is done is not done twice';

/** What a 404 says is missing. */
function missing(code: string, { subscriptionId, group, missing: thing }: Ask): Verdict | undefined {
  if (code === 'SubscriptionNotFound') {
    return {
      message: `there is no subscription ${subscriptionId}, or who is signed in may not see it`,
      hint: '`az account list --output table` shows what you see; another tenant’s needs `az login --tenant TENANT`',
    };
  }
  if (code !== 'ResourceGroupNotFound' || group === undefined) return thing;
  const message = `there is no resource group ${group.name} in subscription ${subscriptionId}`;
  return { message, hint: group.hint };
}

function forbidden(said: string, { action, role, scope, thing, path }: Ask): Diagnostic {
  const named = /perform action '([^']+)'/.exec(said)?.[1] ?? action;
  const who = /object id '([^']+)'/.exec(said)?.[1];
  const message = `${who ?? 'who is signed in'} may not do ${named} on ${thing}`;
  const hint = `the role ${role} grants it: ${assignCommand(who, role, scope)}`;
  return azureProblem('azure/forbidden', message, hint, path);
}

function unauthorized(code: string, said: string, { path }: Ask): Diagnostic {
  // "The access token is from the wrong issuer 'https://sts.windows.net/A/'. It must match … 'https://sts.windows.net/B/'"
  const tenants = [...said.matchAll(/https:\/\/sts\.[^/']+\/([0-9a-f-]{36})/gi)].map(([, id]) => id);
  if (code === 'InvalidAuthenticationTokenTenant') {
    const [own = 'another', right = 'TENANT'] = tenants;
    const message = `the sign-in is of tenant ${own}, but the subscription is of tenant ${right}`;
    const hint = `\`az login --tenant ${right}\`, or set that tenantId in \`azure\``;
    return azureProblem('azure/tenant', message, hint, path);
  }
  const hint = 'check this machine’s clock and `azure.cloud` (or `--cloud`), then sign in again';
  return azureProblem('azure/token', `Azure does not take the token (${code}): ${oneLine(said)}`, hint);
}

function unregistered(said: string, { subscriptionId, action, path }: Ask): Diagnostic {
  const [own = ''] = action.split('/');
  const namespace = /namespace '([^']+)'/.exec(said)?.[1] ?? own;
  const register = `az provider register --namespace ${namespace} --subscription ${subscriptionId} --wait`;
  const message = `subscription ${subscriptionId} is not registered for ${namespace}`;
  return azureProblem('azure/provider', message, `\`${register}\` registers it, once for all machines`, path);
}

/** Resource Manager's code of an error, or `''`. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : '';

/**
 * What a failed request to Resource Manager means. An error that no answer and no network explains is thrown on.
 */
export function armProblem(error: unknown, ask: Ask, failure: Failure | undefined): Diagnostic {
  if (!(error instanceof Error)) throw error;
  const status = 'statusCode' in error ? Number(error.statusCode) : Number.NaN;
  const code = codeOf(error);
  if (Number.isNaN(status)) {
    if (failure?.network === undefined) throw error;
    return networkProblem(failure, ask.network ?? again);
  }
  if (status === 429 || status >= 500) return throttledProblem({ host: '', ...failure, status });
  if (status === 401) return unauthorized(code, error.message, ask);
  // Policies, locks and conditions forbid with codes of their own, and no role is against them.
  if (status === 403 && code.endsWith('AuthorizationFailed')) return forbidden(error.message, ask);
  if (code === 'MissingSubscriptionRegistration') return unregistered(error.message, ask);
  const absent = status === 404 ? missing(code, ask) : undefined;
  if (absent !== undefined) return azureProblem('azure/missing', absent.message, absent.hint, ask.path);
  const said = `(${status} ${code}): ${oneLine(error.message)}`;
  const taken = status === 409 ? ask.conflict?.(said) : undefined;
  if (taken !== undefined) return azureProblem('azure/conflict', taken.message, taken.hint, ask.path);
  const hint = 'what Azure says there is all that flexgen knows';
  return azureProblem('azure/refused', `Azure refuses ${ask.action} ${said}`, hint, ask.path);
}
