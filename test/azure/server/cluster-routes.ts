import { armError } from './arm-errors.ts';
import { resourceNotFound, sameName, succeeded } from './arm-route.ts';
import type { Call, Route } from './arm-route.ts';
import type { Cluster } from './azure.ts';
import type { Answer } from './http.ts';
import { credentialResults } from './kubeconfig.ts';
import { managedClusterBody, upgradeProfileBody } from './managed-cluster.ts';

export interface ClusterRouteParts {
  /** null = it is not there. */
  cluster(): Cluster | null;
  readonly tenantId: string;
  /** PEM of the authority of the cluster's API server. */
  readonly clusterCaPem: string;
}

const provider = 'Microsoft.ContainerService';
const type = `${provider}/managedClusters`;

const path = (action: string): RegExp =>
  new RegExp(
    String.raw`^\/subscriptions\/(?<subscription>[^/]+)\/resourceGroups\/(?<group>[^/]+)\/providers\/` +
      String.raw`Microsoft\.ContainerService\/managedClusters\/(?<name>[^/]+)${action}$`,
    'i',
  );

/** Of @azure/arm-containerservice 25.3.0. */
const base = { type: 'managedClusters', namespace: provider, versions: ['2026-04-01'], parameters: {} };

/** The requests that the resource provider of AKS knows. */
export function clusterRoutes({ cluster, tenantId, clusterCaPem }: ClusterRouteParts): Route[] {
  const existing =
    (answer: (cluster: Cluster, call: Call) => Answer) =>
    (call: Call): Answer => {
      const { names } = call;
      const found = cluster();
      // Names are the same in any case.
      const isThere = found !== null && sameName(found.name, names('name'));
      return isThere ? answer(found, call) : resourceNotFound(type, names('name'), names('group'));
    };
  const kubeconfig = (found: Cluster) => ({ cluster: found, tenantId, caPem: found.caPem ?? clusterCaPem });
  return [
    {
      ...base,
      method: 'GET',
      path: path(''),
      permission: `${type}/read`,
      answer: existing((found) => succeeded(managedClusterBody(found, tenantId))),
    },
    {
      ...base,
      method: 'GET',
      path: path(String.raw`\/upgradeProfiles\/default`),
      permission: `${type}/upgradeProfiles/read`,
      answer: existing((found) => succeeded(upgradeProfileBody(found))),
    },
    {
      ...base,
      method: 'POST',
      path: path(String.raw`\/listClusterUserCredential`),
      parameters: { 'format': ['azure', 'exec'], 'server-fqdn': null },
      permission: `${type}/listClusterUserCredential/action`,
      answer: existing((found, { request }) => {
        const format = request.query.get('format') === 'azure' ? 'azure' : 'exec';
        return succeeded(credentialResults('user', kubeconfig(found), format));
      }),
    },
    {
      ...base,
      method: 'POST',
      path: path(String.raw`\/listClusterAdminCredential`),
      parameters: { 'server-fqdn': null },
      permission: `${type}/listClusterAdminCredential/action`,
      answer: existing((found) => {
        const words =
          'Getting static credential is not allowed because this cluster is set to disable local accounts.';
        return found.disableLocalAccounts
          ? armError(400, 'BadRequest', words)
          : succeeded(credentialResults('admin', kubeconfig(found), 'exec'));
      }),
    },
  ];
}
