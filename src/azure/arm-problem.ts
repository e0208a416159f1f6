import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { networkProblem, throttledProblem } from './network-problem.ts';
import { azureProblem, oneLine } from './problem.ts';
import { targetPath } from './target.ts';
import type { Target } from './target.ts';
import type { Failure } from './transport.ts';

/** The one role that has both of the actions that flexgen needs. */
const role = 'Azure Kubernetes Service Cluster User Role';

const list = ({ subscriptionId }: Target) =>
  `\`az aks list --subscription ${subscriptionId} --output table\` shows the clusters that there are`;

/** What a 404 says is missing, by Resource Manager's code. */
const missing: Readonly<Record<string, (target: Target) => { message: string; hint: string }>> = {
  SubscriptionNotFound: ({ subscriptionId }) => ({
    message: `there is no subscription ${subscriptionId}, or who is signed in may not see it`,
    hint: '`az account list --output table` shows what you see; another tenant’s needs `az login --tenant TENANT`',
  }),
  ResourceGroupNotFound: (target) => ({
    message: `there is no resource group ${target.resourceGroup} in subscription ${target.subscriptionId}`,
    hint: list(target),
  }),
  ResourceNotFound: (target) => ({
    message: `there is no cluster ${target.name} in resource group ${target.resourceGroup}`,
    hint: list(target),
  }),
};

function forbidden(action: string, said: string, { resourceId }: Target): Diagnostic {
  const named = /perform action '([^']+)'/.exec(said)?.[1] ?? action;
  const who = /object id '([^']+)'/.exec(said)?.[1];
  const assign = `az role assignment create --assignee ${who ?? 'OBJECT_ID'} --role "${role}" --scope ${resourceId}`;
  const message = `${who ?? 'who is signed in'} may not do ${named} on the cluster`;
  return azureProblem('azure/forbidden', message, `the role ${role} grants it: \`${assign}\``, targetPath);
}

function unauthorized(code: string, said: string): Diagnostic {
  // "The access token is from the wrong issuer 'https://sts.windows.net/A/'. It must match … 'https://sts.windows.net/B/'"
  const tenants = [...said.matchAll(/https:\/\/sts\.[^/']+\/([0-9a-f-]{36})/gi)].map(([, id]) => id);
  if (code === 'InvalidAuthenticationTokenTenant') {
    const [own = 'another', right = 'TENANT'] = tenants;
    const message = `the sign-in is of tenant ${own}, but the subscription is of tenant ${right}`;
    const hint = `\`az login --tenant ${right}\`, or set that tenantId in \`azure\``;
    return azureProblem('azure/tenant', message, hint, targetPath);
  }
  const hint = 'check this machine’s clock and `azure.cloud` (or `--cloud`), then sign in again';
  return azureProblem('azure/token', `Azure does not take the token (${code}): ${oneLine(said)}`, hint);
}

/**
 * What a failed request to Resource Manager means; `action` is what it asked for. An error that no answer and no network
 * explains is thrown on.
 */
export function armProblem(
  error: unknown,
  action: string,
  failure: Failure | undefined,
  target: Target,
): Diagnostic {
  if (!(error instanceof Error)) throw error;
  const status = 'statusCode' in error ? Number(error.statusCode) : Number.NaN;
  const code = 'code' in error ? String(error.code) : '';
  if (Number.isNaN(status)) {
    if (failure?.network === undefined) throw error;
    return networkProblem(failure);
  }
  if (status === 429 || status >= 500) return throttledProblem({ host: '', ...failure, status });
  if (status === 401) return unauthorized(code, error.message);
  if (status === 403) return forbidden(action, error.message, target);
  const absent = status === 404 ? (missing[code] ?? missing['ResourceNotFound'])?.(target) : undefined;
  if (absent !== undefined) return azureProblem('azure/missing', absent.message, absent.hint, targetPath);
  const message = `Azure refuses ${action} (${status} ${code}): ${oneLine(error.message)}`;
  return azureProblem(
    'azure/refused',
    message,
    'what Azure says there is all that flexgen knows',
    targetPath,
  );
}
