import { isMap } from '../config/data.ts';
import type { Result } from '../diagnostics/diagnostic.ts';
import { ok } from '../diagnostics/diagnostic.ts';
import { armCall } from './arm-call.ts';
import { armJson } from './arm-json.ts';
import type { Ask } from './arm-problem.ts';
import type { Operator } from './operator.ts';

/** A subscription as Azure knows it. */
export interface Subscription {
  readonly id: string;
  readonly name: string;
  /** `Enabled`, `Warned`, `Disabled`, … */
  readonly state: string;
  readonly tenantId: string;
}

const textOf = (map: unknown, name: string): string => {
  const value = isMap(map) ? map[name] : undefined;
  return typeof value === 'string' ? value : '';
};

/** No SDK of ours has these; the pipeline of one that the same command needs anyway sends them. */
function read(operator: Operator, ask: Ask, path: string, version: string): Promise<Result<unknown>> {
  return armCall(operator, ask, async (settings) => {
    const { authorizationClient } = await import('./authorization-client.ts');
    const client = authorizationClient(settings, operator.subscriptionId);
    return armJson(client, 'GET', `${settings.options.endpoint}${path}?api-version=${version}`);
  });
}

function subscriptionAsk({ subscriptionId }: Operator, action: string): Ask {
  const scope = `/subscriptions/${subscriptionId}`;
  return { subscriptionId, action, role: 'Reader', scope, thing: `subscription ${subscriptionId}` };
}

/** Reads the operator's subscription. */
export async function readSubscription(operator: Operator): Promise<Result<Subscription>> {
  const ask = subscriptionAsk(operator, 'Microsoft.Resources/subscriptions/read');
  const body = await read(operator, ask, ask.scope, '2022-12-01');
  if (!body.ok) return body;
  return ok({
    id: operator.subscriptionId,
    name: textOf(body.value, 'displayName'),
    state: textOf(body.value, 'state'),
    tenantId: textOf(body.value, 'tenantId'),
  });
}

/** Whether the subscription is registered for each namespace: `Registered`, `Registering`, `NotRegistered`, … */
export async function providerStates(
  operator: Operator,
  namespaces: readonly string[],
): Promise<Result<ReadonlyMap<string, string>>> {
  const ask = subscriptionAsk(operator, 'Microsoft.Resources/subscriptions/providers/read');
  const answers = await Promise.all(
    namespaces.map((namespace) => read(operator, ask, `${ask.scope}/providers/${namespace}`, '2021-04-01')),
  );
  const states = new Map<string, string>();
  for (const [index, namespace] of namespaces.entries()) {
    const answer = answers[index];
    if (answer?.ok === false) return answer;
    states.set(namespace, textOf(answer?.value, 'registrationState'));
  }
  return ok(states);
}
