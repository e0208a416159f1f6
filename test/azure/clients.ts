import assert from 'node:assert/strict';
import { AuthorizationManagementClient } from '@azure/arm-authorization';
import { ContainerServiceClient } from '@azure/arm-containerservice';
import { HybridComputeManagementClient } from '@azure/arm-hybridcompute';
import { createHttpHeaders, createPipelineRequest } from '@azure/core-rest-pipeline';
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

/** Options of the SDKs that are older, and make their scope of the endpoint unless told. */
function olderOptions({ endpoint, scope, caPem }: Azure) {
  return {
    endpoint,
    credentialScopes: scope,
    tlsOptions: { ca: caPem },
    retryOptions: { maxRetries: 0 },
  };
}

const subscriptionOf = ({ resourceId }: Azure): string => resourceId.split('/')[2] ?? '';

/** The SDK's operations on role assignments and permissions. */
export function authorization(azure: Azure): AuthorizationManagementClient {
  return new AuthorizationManagementClient(
    secretCredential(azure),
    subscriptionOf(azure),
    olderOptions(azure),
  );
}

/** The SDK's operations on machines, which can't make one. */
export function hybridCompute(azure: Azure): HybridComputeManagementClient {
  return new HybridComputeManagementClient(
    secretCredential(azure),
    subscriptionOf(azure),
    olderOptions(azure),
  );
}

/** Any request to ARM, through an SDK's own pipeline: its status, and its body in JSON. */
export async function request(azure: Azure, method: 'GET' | 'PUT', path: string, body?: object) {
  const { status, bodyAsText } = await hybridCompute(azure).sendRequest(
    createPipelineRequest({
      method,
      url: `${azure.endpoint}${path}`,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      headers: createHttpHeaders(body === undefined ? {} : { 'content-type': 'application/json' }),
    }),
  );
  return { status, body: JSON.parse(bodyAsText ?? 'null') as unknown };
}

/** Status, code and words of what ARM refuses. */
export async function refusal(answer: Promise<unknown>): Promise<string> {
  const error: unknown = await answer.then(
    () => null,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof Error && 'statusCode' in error && 'code' in error, 'not refused by ARM');
  return `${String(error.statusCode)} ${String(error.code)}: ${error.message}`;
}
