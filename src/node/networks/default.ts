import type { ClusterFacts } from '../../config/facts.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Network } from './index.ts';

/** The mode, and what may be wrong with it. */
interface DefaultNetwork {
  readonly network: Network;
  readonly warning?: Diagnostic;
}

const azureCni: Diagnostic = {
  severity: 'warning',
  code: 'network/azure-cni',
  message:
    'the cluster uses Azure CNI, which serves no machine outside Azure and may give its node no podCIDR',
  hint: 'write `network: {mode: bridge, podCIDR: …}`, or `external` where a CNI DaemonSet of yours covers the node',
};

/**
 * The network mode where the config says none. kubenet's controller gives each node a range. With `none` the cluster's
 * owner has brought a CNI, whose DaemonSet sets this node up too. Azure CNI does not run on machines outside Azure; the
 * range of the node may be given all the same, so that is tried, with a warning.
 */
export function defaultNetwork({ aks }: ClusterFacts): DefaultNetwork {
  switch (aks?.networkPlugin) {
    case 'none':
      return { network: { mode: 'external' } };
    case 'azure':
      return { network: { mode: 'node-cidr' }, warning: azureCni };
    default:
      return { network: { mode: 'node-cidr' } };
  }
}
