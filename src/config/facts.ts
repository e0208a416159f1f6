/** A proxy as AKS's own nodes use it; a name and password in a URL are left out. */
export interface AksProxy {
  readonly http?: string;
  readonly https?: string;
  readonly noProxy?: readonly string[];
}

/** What Azure alone knows of an AKS cluster. A key is lacking where Azure says nothing. Names are Azure's. */
export interface AksFacts {
  /** As Azure writes it. */
  readonly resourceId?: string;
  /** The Azure region, e.g. `westeurope`. */
  readonly location?: string;
  /** `azure`, `kubenet` or `none`, so far. */
  readonly networkPlugin?: string;
  /** `overlay`. */
  readonly networkPluginMode?: string;
  /** `azure` or `cilium`. */
  readonly networkDataplane?: string;
  readonly networkPolicy?: string;
  /** The API server has a private address alone. */
  readonly privateCluster?: boolean;
  /** The networks that may reach the API server. */
  readonly authorizedIPRanges?: readonly string[];
  /** Entra identities may sign in to the API server (managed Entra integration). */
  readonly entra?: boolean;
  /** Azure's roles decide what an Entra identity may do in Kubernetes. */
  readonly azureRBAC?: boolean;
  readonly localAccountsDisabled?: boolean;
  readonly httpProxy?: AksProxy;
  /** PEM, one certificate each: what AKS's own nodes trust beside their system's authorities. */
  readonly customCATrust?: readonly string[];
}

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
  /** null: written by hand, or no AKS cluster. */
  readonly aks: AksFacts | null;
}
