import { ContainerServiceClient } from '@azure/arm-containerservice';
import { ClientSecretCredential } from '@azure/identity';
import type { AccessToken } from '@azure/identity';
import type { Azure } from './server/azure.ts';

/** What @azure/identity needs in order to reach the stand-in and nothing else. */
export function identityOptions({ authorityHost, caPem }: Azure) {
  return {
    authorityHost,
    disableInstanceDiscovery: true,
    tlsOptions: { ca: caPem },
    retryOptions: { maxRetries: 0 },
  };
}

type Application = Partial<Pick<Azure['credentials'], 'tenantId' | 'clientId' | 'secret'>>;

/** The application with its secret. */
export function secretCredential(azure: Azure, changes: Application = {}): ClientSecretCredential {
  const { tenantId, clientId, secret } = { ...azure.credentials, ...changes };
  return new ClientSecretCredential(tenantId, clientId, secret, identityOptions(azure));
}

export interface ManagedClustersOptions {
  /** Whose token; default: one that the application gets with its secret. */
  readonly token?: AccessToken;
  readonly scope?: string;
  readonly apiVersion?: string;
  readonly maxRetries?: number;
}

/** The SDK's operations on clusters of the stand-in's subscription. */
export function managedClusters(azure: Azure, options: ManagedClustersOptions = {}) {
  const { token, scope = azure.scope, apiVersion = '2026-04-01', maxRetries = 0 } = options;
  const credential = token === undefined ? secretCredential(azure) : { getToken: async () => token };
  const [, , subscriptionId = ''] = azure.resourceId.split('/');
  const client = new ContainerServiceClient(credential, subscriptionId, {
    apiVersion,
    endpoint: azure.endpoint,
    credentials: { scopes: [scope] },
    tlsOptions: { ca: azure.caPem },
    retryOptions: { maxRetries, retryDelayInMs: 1 },
  });
  return client.managedClusters;
}
