import type { ProviderState, Subscription } from './arm-controls.ts';
import { armError } from './arm-errors.ts';
import { succeeded } from './arm-route.ts';
import type { Route } from './arm-route.ts';

export interface SubscriptionParts {
  readonly tenantId: string;
  subscription(): Subscription;
  /** By lower-cased namespace. */
  readonly providers: ReadonlyMap<string, ProviderState>;
}

const path = String.raw`^\/subscriptions\/(?<subscription>[^/]+)`;

/** The subscription itself, and the resource providers that it is registered for. */
export function subscriptionRoutes({ tenantId, subscription, providers }: SubscriptionParts): Route[] {
  return [
    {
      method: 'GET',
      type: 'subscriptions',
      path: new RegExp(`${path}$`, 'i'),
      versions: ['2022-12-01'],
      parameters: {},
      permission: null,
      answer: ({ names }) => {
        const subscriptionId = names('subscription');
        return succeeded({
          id: `/subscriptions/${subscriptionId}`,
          subscriptionId,
          tenantId,
          ...subscription(),
          authorizationSource: 'RoleBased',
          subscriptionPolicies: {
            locationPlacementId: 'Public_2014-09-01',
            quotaId: 'PayAsYouGo_2014-09-01',
            spendingLimit: 'Off',
          },
        });
      },
    },
    {
      method: 'GET',
      type: 'providers',
      path: new RegExp(String.raw`${path}\/providers\/(?<namespace>[^/]+)$`, 'i'),
      versions: ['2021-04-01'],
      parameters: { $expand: null },
      permission: null,
      answer: ({ names }) => {
        const namespace = names('namespace');
        const registrationState = providers.get(namespace.toLowerCase());
        if (registrationState === undefined) {
          const words = `The resource namespace '${namespace}' is invalid.`;
          return armError(404, 'InvalidResourceNamespace', words);
        }
        return succeeded({
          id: `/subscriptions/${names('subscription')}/providers/${namespace}`,
          namespace,
          resourceTypes: [],
          registrationState,
          registrationPolicy: 'RegistrationRequired',
        });
      },
    },
  ];
}
