import type { ClusterFacts } from '../config/facts.ts';
import type { Spec } from '../config/spec.ts';
import { caPath } from './paths.ts';

type Json = Readonly<Record<string, unknown>>;

const isMap = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `over` wins, map by map; a list replaces a list. */
function merge(base: Json, over: Json): Json {
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const ours = merged[key];
    merged[key] = isMap(ours) && isMap(value) ? merge(ours, value) : value;
  }
  return merged;
}

/**
 * A KubeletConfiguration v1beta1: what differs from kubelet's own defaults (hard eviction, containerd's socket, no
 * anonymous calls, authorization by the API server are such), and the user's `node.kubelet` over it. `join` adds
 * kubeReserved and resolvConf, which only the machine knows, where they are not here.
 */
export function kubeletConfiguration(spec: Spec, facts: ClusterFacts): Json {
  const ours = {
    apiVersion: 'kubelet.config.k8s.io/v1beta1',
    kind: 'KubeletConfiguration',
    // Without it `kubectl logs` and `exec` are refused. Anonymous calls are refused and the rest is asked of the API
    // server by default.
    authentication: { x509: { clientCAFile: caPath } },
    cgroupDriver: 'systemd',
    clusterDNS: facts.clusterDNS,
    clusterDomain: facts.clusterDomain,
    maxPods: spec.node.maxPods,
    protectKernelDefaults: true,
    rotateCertificates: spec.auth.credentialUse === 'bootstrap',
    ...(spec.node.taints.length === 0 ? {} : { registerWithTaints: spec.node.taints }),
  };
  return merge(ours, spec.node.kubelet);
}
