import { armError, throttled } from './arm-errors.ts';
import type { Call, Route } from './arm-route.ts';
import { principalOf, type TokenCheck } from './arm-token.ts';
import type { Cluster } from './azure.ts';
import type { ProviderState } from './arm-controls.ts';
import type { Answer, ReadRequest } from './http.ts';
import type { Principal } from './tokens.ts';

export interface ArmState {
  cluster: Cluster;
  missing: 'cluster' | 'resourceGroup' | null;
  subscription: 'visible' | 'notFound' | 'otherTenant';
  /** In lower case, as the keys of the next two. */
  readonly forbidden: Set<string>;
  readonly groups: Set<string>;
  readonly providers: Map<string, ProviderState>;
  failures: Answer[];
}

/** Answers a request as ARM and its resource providers would, in the order in which they look at it. */
export function answerArm(
  request: ReadRequest,
  state: ArmState,
  parts: TokenCheck & { readonly routes: readonly Route[] },
): Answer {
  const principal = principalOf(request.headers.get('authorization'), parts);
  if ('status' in principal) return principal;
  const failure = state.failures.shift();
  if (failure !== undefined) return failure;
  const route = parts.routes.find((one) => one.method === request.method && one.path.test(request.path));
  if (route === undefined) {
    parts.violate(`ARM: ${request.method} ${request.path}`);
    return armError(404, 'InvalidResourceType', 'The resource type could not be found in the namespace.');
  }
  const groups = new Map(Object.entries(route.path.exec(request.path)?.groups ?? {}));
  const call: Call = { request, principal, names: (name) => groups.get(name) ?? '' };
  const refusal =
    refuseForm(request, route, parts.violate) ??
    refuseSubscription(call.names('subscription'), state, principal) ??
    refuseProvider(route, state) ??
    refuseAction(route, principal, request.path, state) ??
    refuseGroup(call.names('group'), state);
  return refusal ?? route.answer(call);
}

/** What no correct client sends: other versions, unknown parameters, a body of another type. */
function refuseForm(
  { method, query, headers, body, path }: ReadRequest,
  { parameters, versions, type }: Route,
  violate: (words: string) => void,
): Answer | null {
  const version = query.get('api-version');
  if (version === null || !versions.includes(version)) {
    violate(`ARM: api-version ${version ?? 'missing'} for ${path}`);
    const words = `No registered resource provider found for API version '${version ?? 'MISSING'}' for type '${type}'.`;
    return armError(
      400,
      'NoRegisteredProviderFound',
      `${words} The supported api-versions are '${versions.join(', ')}'.`,
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
  const contentType = headers.get('content-type');
  const isEmpty = body === '' && contentType === undefined && method !== 'PUT';
  if (isEmpty || /^application\/json(;|$)/.test(contentType ?? '')) return null;
  violate(`ARM: content type ${contentType ?? 'missing'}`);
  const words = `The content media type '${contentType ?? ''}' is not supported.`;
  return armError(415, 'UnsupportedMediaType', words);
}

function refuseSubscription(subscriptionId: string, state: ArmState, { tenantId }: Principal): Answer | null {
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

function refuseProvider({ namespace }: Route, { providers }: ArmState): Answer | null {
  if (namespace === undefined || providers.get(namespace.toLowerCase()) === 'Registered') return null;
  return armError(
    409,
    'MissingSubscriptionRegistration',
    `The subscription is not registered to use namespace '${namespace}'. See https://aka.ms/rps-not-found for how to ` +
      'register subscriptions.',
  );
}

/** ARM asks for the right before it looks whether anything is there. */
export function refuseAction(
  { permission }: Pick<Route, 'permission'>,
  principal: Principal,
  path: string,
  state: ArmState,
): Answer | null {
  if (permission === null || !state.forbidden.has(permission.toLowerCase())) return null;
  const scope = path.replace(/\/list[^/]+$/, '');
  return armError(
    403,
    'AuthorizationFailed',
    `The client '${principal.name}' with object id '${principal.objectId}' does not have authorization to perform ` +
      `action '${permission}' over scope '${scope}' or the scope is invalid. ` +
      'If access was recently granted, please refresh your credentials.',
  );
}

/** Names are the same in any case. */
function refuseGroup(group: string, { cluster, missing, groups }: ArmState): Answer | null {
  const name = group.toLowerCase();
  const isClusters = name === cluster.resourceGroup.toLowerCase() && missing !== 'resourceGroup';
  return group === '' || isClusters || groups.has(name)
    ? null
    : armError(404, 'ResourceGroupNotFound', `Resource group '${group}' could not be found.`);
}

/** Requests that fail before they reach the resource provider. */
export function gatewayFailures(count: number, status: number, code: string): Answer[] {
  return Array.from({ length: count }, () => armError(status, code, `The request failed: ${code}.`));
}

export function throttleFailures(count: number, seconds: number | null, { cluster }: ArmState): Answer[] {
  return Array.from({ length: count }, () => throttled(cluster.subscriptionId, seconds));
}
