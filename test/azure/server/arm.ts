import { randomUUID } from 'node:crypto';
import { armError, throttled } from './arm-errors.ts';
import { principalOf, type TokenCheck } from './arm-token.ts';
import type { Cluster } from './azure.ts';
import type { Answer, ReadRequest } from './http.ts';
import { credentialResults } from './kubeconfig.ts';
import { managedClusterBody } from './managed-cluster.ts';
import { operations, provider, type Operation } from './operations.ts';
import type { Principal } from './tokens.ts';

/** Of @azure/arm-containerservice 25.3.0. */
const apiVersion = '2026-04-01';

export interface ArmParts extends TokenCheck {
  readonly tenantId: string;
  readonly clusterCaPem: string;
}

export interface ArmState {
  cluster: Cluster;
  missing: 'cluster' | 'resourceGroup' | null;
  subscription: 'visible' | 'notFound' | 'otherTenant';
  /** In lower case. */
  readonly forbidden: Set<string>;
  failures: Answer[];
}

const pathPattern =
  /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/Microsoft\.ContainerService\/managedClusters\/([^/]+)(?:\/([^/]+))?$/i;

/** Answers a request as ARM and the AKS resource provider would, in the order in which they look at it. */
export function answerArm(request: ReadRequest, state: ArmState, parts: ArmParts): Answer {
  const principal = principalOf(request.headers.get('authorization'), parts);
  if ('status' in principal) return principal;
  const failure = state.failures.shift();
  if (failure !== undefined) return failure;
  const [, subscriptionId = '', resourceGroup = '', name = '', action] = pathPattern.exec(request.path) ?? [];
  const operation = operations.find(
    (one) => one.method === request.method && one.action === action?.toLowerCase(),
  );
  if (name === '' || operation === undefined) {
    parts.violate(`ARM: ${request.method} ${request.path}`);
    return armError(404, 'InvalidResourceType', 'The resource type could not be found in the namespace.');
  }
  const refusal =
    refuseForm(request, operation, parts) ??
    refuseScope(subscriptionId, state, principal) ??
    refuseAction(operation, principal, request.path, state) ??
    refuseMissing(resourceGroup, name, state);
  return refusal ?? answerOperation(operation, request, state.cluster, parts);
}

/** What no correct client sends: other versions, unknown parameters, a body of another type. */
function refuseForm(
  { query, headers, body, path }: ReadRequest,
  { parameters }: Operation,
  { violate }: ArmParts,
): Answer | null {
  const version = query.get('api-version');
  if (version !== apiVersion) {
    violate(`ARM: api-version ${version ?? 'missing'} for ${path}`);
    const words = `No registered resource provider found for API version '${version ?? 'MISSING'}' for type 'managedClusters'.`;
    return armError(
      400,
      'NoRegisteredProviderFound',
      `${words} The supported api-versions are '${apiVersion}'.`,
    );
  }
  const wrong = [...query].find(([name, value]) => {
    if (name === 'api-version') return false;
    const values = parameters[name];
    return values === undefined || (values !== null && !values.includes(value));
  });
  if (wrong !== undefined) {
    const [first] = wrong;
    violate(`ARM: parameter ${first} for ${path}`);
    return armError(400, 'InvalidParameter', `The value of parameter ${first} is invalid.`);
  }
  const type = headers.get('content-type');
  if ((body === '' && type === undefined) || /^application\/json(;|$)/.test(type ?? '')) return null;
  violate(`ARM: content type ${type ?? 'missing'}`);
  return armError(415, 'UnsupportedMediaType', `The content media type '${type ?? ''}' is not supported.`);
}

function refuseScope(subscriptionId: string, state: ArmState, { tenantId }: Principal): Answer | null {
  const isThere = subscriptionId.toLowerCase() === state.cluster.subscriptionId.toLowerCase();
  if (!isThere || state.subscription === 'notFound')
    return armError(404, 'SubscriptionNotFound', `The subscription '${subscriptionId}' could not be found.`);
  if (state.subscription === 'visible') return null;
  const other = 'd5e6f708-192a-4b3c-8d4e-5f60718293a4';
  return armError(
    401,
    'InvalidAuthenticationTokenTenant',
    `The access token is from the wrong issuer 'https://sts.windows.net/${tenantId}/'. It must match the tenant ` +
      `'https://sts.windows.net/${other}/' associated with this subscription. Please use the authority (URL) ` +
      `'https://login.windows.net/${other}' to get the token. Note, if the subscription is transferred to another ` +
      'tenant there is no impact to the services, but information about new tenant could take time to propagate ' +
      '(up to an hour). If you just transferred your subscription and see this error message, please try back later.',
  );
}

/** ARM asks for the right before it looks whether anything is there. */
function refuseAction(
  operation: Operation,
  principal: Principal,
  path: string,
  state: ArmState,
): Answer | null {
  if (!state.forbidden.has(operation.permission.toLowerCase())) return null;
  const scope = path.replace(/\/list[^/]+$/, '');
  return armError(
    403,
    'AuthorizationFailed',
    `The client '${principal.name}' with object id '${principal.objectId}' does not have authorization to perform ` +
      `action '${operation.permission}' over scope '${scope}' or the scope is invalid. ` +
      'If access was recently granted, please refresh your credentials.',
  );
}

/** Names are the same in any case. */
function refuseMissing(resourceGroup: string, name: string, { cluster, missing }: ArmState): Answer | null {
  const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
  if (missing === 'resourceGroup' || !same(resourceGroup, cluster.resourceGroup))
    return armError(404, 'ResourceGroupNotFound', `Resource group '${resourceGroup}' could not be found.`);
  if (missing === null && same(name, cluster.name)) return null;
  return armError(
    404,
    'ResourceNotFound',
    `The Resource '${provider}/managedClusters/${name}' under resource group '${resourceGroup}' was not found. ` +
      'For more details please go to https://aka.ms/ARMResourceNotFoundFix',
  );
}

function answerOperation(
  operation: Operation,
  { query }: ReadRequest,
  cluster: Cluster,
  parts: ArmParts,
): Answer {
  const headers = { 'x-ms-request-id': randomUUID(), 'cache-control': 'no-cache' };
  const kubeconfig = { cluster, tenantId: parts.tenantId, caPem: parts.clusterCaPem };
  const format = query.get('format') === 'azure' ? 'azure' : 'exec';
  if (operation.kind === 'get')
    return { status: 200, headers, body: managedClusterBody(cluster, parts.tenantId) };
  if (operation.kind === 'user')
    return { status: 200, headers, body: credentialResults('user', kubeconfig, format) };
  if (cluster.disableLocalAccounts)
    return armError(
      400,
      'BadRequest',
      'Getting static credential is not allowed because this cluster is set to disable local accounts.',
    );
  return { status: 200, headers, body: credentialResults('admin', kubeconfig, 'exec') };
}

/** Requests that fail before they reach the resource provider. */
export function gatewayFailures(count: number, status: number, code: string): Answer[] {
  return Array.from({ length: count }, () => armError(status, code, `The request failed: ${code}.`));
}

export function throttleFailures(count: number, seconds: number | null, { cluster }: ArmState): Answer[] {
  return Array.from({ length: count }, () => throttled(cluster.subscriptionId, seconds));
}
