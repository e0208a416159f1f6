import { parseResourceId } from '../../../config/values/resource-id.ts';
import type { AzureSituation } from '../azure-situation.ts';
import { failures, fine, inEachSubscription } from '../check.ts';
import type { Check, Outcome } from '../check.ts';

const ofArc = ['Microsoft.HybridCompute', 'Microsoft.GuestConfiguration', 'Microsoft.HybridConnectivity'];

/** What has to be registered in a subscription. */
function namespacesOf({ clusterId, arc }: AzureSituation, subscriptionId: string): readonly string[] {
  const isHere = (id: string | undefined): boolean => id?.toLowerCase() === subscriptionId;
  const home = clusterId === null ? undefined : parseResourceId(clusterId).subscriptionId;
  return [
    ...(isHere(home) ? ['Microsoft.ContainerService'] : []),
    ...(isHere(arc?.subscriptionId) ? ofArc : []),
  ];
}

async function look(azure: AzureSituation, subscriptionId: string): Promise<readonly Outcome[]> {
  const operator = await azure.operator(subscriptionId);
  if (!operator.ok) return failures(operator.errors);
  const { providerStates } = await import('../../../azure/index.ts');
  const namespaces = namespacesOf(azure, subscriptionId);
  const states = await providerStates(operator.value, namespaces);
  if (!states.ok) return failures(states.errors);
  const stateOf = (namespace: string): string => states.value.get(namespace) ?? '';
  const there = namespaces.filter((namespace) => stateOf(namespace) === 'Registered');
  const missing = namespaces.filter((namespace) => !there.includes(namespace));
  return [
    ...(there.length === 0 ? [] : fine(`registered: ${there.join(', ')}`)),
    ...missing.map((namespace): Outcome => {
      const isOnTheWay = stateOf(namespace) === 'Registering';
      const register = `az provider register --namespace ${namespace} --subscription ${subscriptionId}`;
      return {
        state: 'failed',
        detail: `${namespace} is ${isOnTheWay ? 'still being registered' : 'not registered'}`,
        remedy: isOnTheWay ? `\`${register} --wait\` waits for it` : `\`${register}\``,
      };
    }),
  ];
}

/** The subscription is registered for what flexgen uses in it. */
export const providers: Check = {
  why: 'Azure refuses the resources of a provider for which the subscription is not registered',
  online: true,
  after: () => ['sign-in', 'subscription'],
  applies: ({ azure }) => azure !== null,
  run: inEachSubscription(look),
};
