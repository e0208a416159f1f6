import type { Cluster } from './azure.ts';
import { privateFqdnOf, resourceIdOf } from './cluster.ts';

/**
 * The cluster as ARM sends it (`ManagedClusters_Get` of 2026-04-01): the names are those on the wire, some of which the
 * SDK spells differently. What ARM leaves out where there is nothing to say is left out here as well.
 */
export function managedClusterBody(cluster: Cluster, tenantId: string): object {
  const { name, location, resourceGroup } = cluster;
  return dropNull({
    id: resourceIdOf(cluster),
    name,
    type: 'Microsoft.ContainerService/managedClusters',
    location,
    eTag: '5a1f5c1e-5d0b-4f6b-9d4a-0a8f0e6b7c11',
    sku: { name: 'Base', tier: 'Free' },
    identity: {
      type: 'SystemAssigned',
      principalId: 'b0a9c1de-6b3e-4a55-8d8c-5b3f9a8b7c6d',
      tenantId,
    },
    properties: dropNull({
      provisioningState: cluster.provisioningState,
      powerState: { code: cluster.powerState },
      kubernetesVersion: cluster.kubernetesVersion,
      currentKubernetesVersion: cluster.currentKubernetesVersion,
      dnsPrefix: `${name}-dns`,
      ...names(cluster),
      nodeResourceGroup: `MC_${resourceGroup}_${name}_${location}`,
      enableRBAC: true,
      supportPlan: 'KubernetesOfficial',
      agentPoolProfiles: [agentPool(cluster)],
      networkProfile: networkProfile(cluster),
      aadProfile: cluster.aadProfile && {
        ...cluster.aadProfile,
        adminGroupObjectIDs: ['6a7b8c9d-0e1f-4a2b-8c3d-4e5f6a7b8c9d'],
        tenantID: tenantId,
      },
      maxAgentPools: 100,
      apiServerAccessProfile: accessProfile(cluster),
      disableLocalAccounts: cluster.disableLocalAccounts,
      httpProxyConfig: cluster.httpProxyConfig,
      securityProfile: securityProfile(cluster),
      oidcIssuerProfile: { enabled: false },
      publicNetworkAccess: cluster.privateCluster ? 'Disabled' : null,
      resourceUID: '65f0c1d2e3a4b5c6d7e8f901',
    }),
  });
}

function names(cluster: Cluster): object {
  const { name, location, fqdn } = cluster;
  return {
    fqdn,
    privateFQDN: privateFqdnOf(cluster),
    azurePortalFQDN: `${name}-dns-x1y2z3w4.portal.hcp.${location}.azmk8s.io`,
  };
}

function agentPool({ kubernetesVersion, currentKubernetesVersion, powerState }: Cluster): object {
  return dropNull({
    name: 'nodepool1',
    count: 1,
    vmSize: 'Standard_D2s_v5',
    maxPods: 110,
    type: 'VirtualMachineScaleSets',
    mode: 'System',
    osType: 'Linux',
    osSKU: 'Ubuntu',
    orchestratorVersion: kubernetesVersion,
    currentOrchestratorVersion: currentKubernetesVersion,
    provisioningState: 'Succeeded',
    powerState: { code: powerState },
  });
}

function networkProfile(cluster: Cluster): object {
  const { podCidrs, serviceCidrs } = cluster;
  const cidrs = serviceCidrs ?? podCidrs;
  return dropNull({
    networkPlugin: cluster.networkPlugin,
    networkPluginMode: cluster.networkPluginMode,
    networkDataplane: cluster.networkDataplane,
    networkPolicy: cluster.networkPolicy,
    loadBalancerSku: 'standard',
    outboundType: 'loadBalancer',
    // The singular ones hold the first of each list.
    podCidr: podCidrs?.[0] ?? null,
    podCidrs,
    serviceCidr: serviceCidrs?.[0] ?? null,
    serviceCidrs,
    dnsServiceIP: cluster.dnsServiceIP,
    ipFamilies: cidrs?.map((cidr) => (cidr.includes(':') ? 'IPv6' : 'IPv4')) ?? null,
  });
}

function accessProfile({ privateCluster, authorizedIPRanges, fqdn }: Cluster): object | null {
  if (!privateCluster) return authorizedIPRanges.length === 0 ? null : { authorizedIPRanges };
  return {
    enablePrivateCluster: true,
    privateDNSZone: 'system',
    enablePrivateClusterPublicFQDN: fqdn !== null,
  };
}

function securityProfile({ customCATrustCertificates }: Cluster): object {
  if (customCATrustCertificates.length === 0) return {};
  return { customCATrustCertificates: customCATrustCertificates.map((pem) => btoa(pem)) };
}

function dropNull(object: object): object {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== null));
}

/** What the cluster may be upgraded to (`ManagedClustersGetUpgradeProfile` of 2026-04-01): the next patch. */
export function upgradeProfileBody(cluster: Cluster): object {
  const version = cluster.currentKubernetesVersion ?? cluster.kubernetesVersion;
  const next = version.replace(/\d+$/, (patch) => `${Number(patch) + 1}`);
  const profile = {
    kubernetesVersion: version,
    osType: 'Linux',
    upgrades: [{ kubernetesVersion: next, isPreview: false }],
  };
  return {
    id: `${resourceIdOf(cluster)}/upgradeprofiles/default`,
    name: 'default',
    type: 'Microsoft.ContainerService/managedClusters/upgradeprofiles',
    properties: {
      controlPlaneProfile: { name: 'master', ...profile },
      agentPoolProfiles: [{ name: 'nodepool1', ...profile }],
    },
  };
}
