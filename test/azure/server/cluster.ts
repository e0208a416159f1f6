import type { Cluster } from './azure.ts';

/** What the stand-in holds unless told otherwise: a running public cluster with Entra, overlay and local accounts. */
export const defaultCluster: Cluster = {
  subscriptionId: '3f9c5d1a-5a0c-4f57-9a55-0d1a86b6f0c2',
  resourceGroup: 'rg-edge',
  name: 'aks1',
  location: 'westeurope',
  provisioningState: 'Succeeded',
  powerState: 'Running',
  kubernetesVersion: '1.36.4',
  currentKubernetesVersion: '1.36.4',
  fqdn: 'aks1-dns-x1y2z3w4.hcp.westeurope.azmk8s.io',
  privateCluster: false,
  authorizedIPRanges: [],
  networkPlugin: 'azure',
  networkPluginMode: 'overlay',
  networkDataplane: 'azure',
  networkPolicy: null,
  podCidrs: ['10.244.0.0/16'],
  serviceCidrs: ['10.0.0.0/16'],
  dnsServiceIP: '10.0.0.10',
  aadProfile: { managed: true, enableAzureRBAC: false },
  disableLocalAccounts: false,
  httpProxyConfig: null,
  customCATrustCertificates: [],
  server: null,
  caPem: null,
};

export function resourceIdOf({ subscriptionId, resourceGroup, name }: Cluster): string {
  const group = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}`;
  return `${group}/providers/Microsoft.ContainerService/managedClusters/${name}`;
}

/** The name under which the API server is in the cluster's private DNS zone; null for a public cluster. */
export function privateFqdnOf({ name, location, privateCluster }: Cluster): string | null {
  return privateCluster ? `${name}-dns-x1y2z3w4.0f1e2d3c.privatelink.${location}.azmk8s.io` : null;
}

/** Where the cluster's kubeconfig says that the API server is. */
export function serverOf(cluster: Cluster): string {
  return cluster.server ?? `https://${privateFqdnOf(cluster) ?? cluster.fqdn ?? cluster.name}:443`;
}
