import { isMap } from '../config/data.ts';
import type { DataMap } from '../config/data.ts';
import type { ClusterFacts } from '../config/facts.ts';
import { caPath } from './paths.ts';
import type { SharedContext } from './plan.ts';

/** `over` wins, map by map; a list replaces a list. */
function merge(base: DataMap, over: DataMap): DataMap {
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const ours = merged[key];
    merged[key] = isMap(ours) && isMap(value) ? merge(ours, value) : value;
  }
  return merged;
}

/**
 * What every node has of it that differs from kubelet's own defaults (hard eviction, containerd's socket, no anonymous
 * calls, authorization by the API server are such).
 */
export const kubeletBase: DataMap = {
  apiVersion: 'kubelet.config.k8s.io/v1beta1',
  kind: 'KubeletConfiguration',
  // Without it `kubectl logs` and `exec` are refused. Anonymous calls are refused and the rest is asked of the API
  // server by default.
  authentication: { x509: { clientCAFile: caPath } },
  cgroupDriver: 'systemd',
  clusterDomain: 'cluster.local',
  protectKernelDefaults: true,
  rotateCertificates: true,
};

/**
 * The node's own part of a KubeletConfiguration v1beta1, and the user's `node.kubelet` over it. `join` adds the base's
 * keys that are not here, and kubeReserved and resolvConf, which only the machine knows.
 */
export function kubeletConfiguration(spec: SharedContext['spec'], facts: ClusterFacts): DataMap {
  const ours = {
    ...kubeletBase,
    clusterDNS: facts.clusterDNS,
    clusterDomain: facts.clusterDomain,
    maxPods: spec.node.maxPods,
    rotateCertificates: spec.auth.credentialUse === 'bootstrap',
    ...(spec.node.taints.length === 0 ? {} : { registerWithTaints: spec.node.taints }),
  };
  const own = Object.entries(merge(ours, spec.node.kubelet)).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(kubeletBase[key]),
  );
  return Object.fromEntries(own);
}
