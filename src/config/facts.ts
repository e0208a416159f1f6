/** What a node must know of its cluster. Read from Azure, from a facts file, or written inline in the config. */
export interface ClusterFacts {
  /** Shown on the node's console; the last segment of the resource id, or the inline `name`. */
  readonly name: string;
  /** The API server's origin, e.g. `https://aks1-abc.hcp.westeurope.azmk8s.io:443`. */
  readonly server: string;
  /** PEM, one or more certificates. */
  readonly ca: string;
  /** `major.minor.patch` without `v`. */
  readonly kubernetesVersion: string;
  readonly clusterDNS: readonly string[];
  readonly clusterDomain: string;
  readonly podCIDRs: readonly string[];
  readonly serviceCIDRs: readonly string[];
  /** The Entra tenant, where the cluster has one. */
  readonly tenantId: string | null;
}
