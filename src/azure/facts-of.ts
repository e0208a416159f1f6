import type { ManagedCluster } from '@azure/arm-containerservice';
import { pem } from '../config/values/pem.ts';
import type { AksFacts, AksProxy, ClusterFacts } from '../config/facts.ts';
import type { Diagnostic, Result } from '../diagnostics/diagnostic.ts';
import { ok } from '../diagnostics/diagnostic.ts';
import type { Server } from './kubeconfig.ts';
import { azureProblem } from './problem.ts';
import { targetPath } from './target.ts';
import type { Target } from './target.ts';

type Without<T> = { [K in keyof T]: T[K] | undefined };

/** An object without the keys that have no value or an empty one. */
function known<T extends object>(values: Without<T>): Partial<T> {
  const entries = Object.entries(values).filter(
    ([, value]) => value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0),
  );
  return Object.assign({}, ...entries.map(([key, value]) => ({ [key]: value })));
}

/** A proxy's URL without the name and password that it may hold. */
const withoutUser = (url: string | undefined) => url?.replace(/^([a-z]+:\/\/)[^/]*@/i, '$1');

function proxyOf({ httpProxyConfig: proxy }: ManagedCluster): AksProxy | undefined {
  if (proxy === undefined || proxy.enabled === false) return undefined;
  return known<AksProxy>({
    http: withoutUser(proxy.httpProxy),
    https: withoutUser(proxy.httpsProxy),
    noProxy: proxy.noProxy,
  });
}

/** A certificate that is none would make the facts file invalid, and no node needs it. */
function trustOf({ securityProfile }: ManagedCluster): string[] {
  const texts = (securityProfile?.customCATrustCertificates ?? []).map((bytes) =>
    Buffer.from(bytes).toString('utf8'),
  );
  return texts.filter((text) => pem(text) === undefined);
}

function aksFacts(cluster: ManagedCluster, target: Target): AksFacts {
  const { networkProfile: network, apiServerAccessProfile: access, aadProfile } = cluster;
  return known<AksFacts>({
    resourceId: cluster.id ?? target.resourceId,
    location: cluster.location,
    networkPlugin: network?.networkPlugin,
    networkPluginMode: network?.networkPluginMode,
    networkDataplane: network?.networkDataplane,
    networkPolicy: network?.networkPolicy,
    privateCluster: access?.enablePrivateCluster ?? false,
    authorizedIPRanges: access?.authorizedIPRanges,
    entra: aadProfile?.managed ?? false,
    azureRBAC: aadProfile?.enableAzureRbac ?? false,
    localAccountsDisabled: cluster.disableLocalAccounts ?? false,
    httpProxy: proxyOf(cluster),
    customCATrust: trustOf(cluster),
  });
}

/** The full version that runs: `kubernetesVersion` alone may be `1.36`. */
function versionOf({ currentKubernetesVersion, kubernetesVersion }: ManagedCluster): string | undefined {
  return [currentKubernetesVersion, kubernetesVersion].find((text) => /^\d+\.\d+\.\d+$/.test(text ?? ''));
}

const ranges = (all: readonly string[] | undefined, first: string | undefined): readonly string[] =>
  all ?? (first === undefined ? [] : [first]);

const incomplete = (what: string): Diagnostic =>
  azureProblem(
    'azure/incomplete',
    `Azure does not say ${what}`,
    'write a facts file by hand (`cluster.facts`), or give server, ca, kubernetesVersion and clusterDNS inline',
    targetPath,
  );

/** A cluster as Azure shows it, and what its kubeconfig says, as facts. */
export function factsOf(
  cluster: ManagedCluster,
  { server, ca }: Server,
  target: Target,
): Result<ClusterFacts> {
  const { networkProfile: network, aadProfile, identity } = cluster;
  const version = versionOf(cluster);
  const dns = network?.dnsServiceIP;
  if (version === undefined || dns === undefined) {
    return {
      ok: false,
      errors: [
        ...(version === undefined ? [incomplete('which Kubernetes version runs')] : []),
        ...(dns === undefined ? [incomplete('the address of the cluster’s DNS')] : []),
      ],
    };
  }
  return ok({
    name: cluster.name ?? target.name,
    server,
    ca,
    kubernetesVersion: version,
    clusterDNS: [dns],
    // AKS has no setting for it.
    clusterDomain: 'cluster.local',
    podCIDRs: ranges(network?.podCidrs, network?.podCidr),
    serviceCIDRs: ranges(network?.serviceCidrs, network?.serviceCidr),
    tenantId: aadProfile?.tenantID ?? identity?.tenantId ?? null,
    aks: aksFacts(cluster, target),
  });
}
