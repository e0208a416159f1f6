import { createHash } from 'node:crypto';
import { kubeProxyImage } from '../catalog/index.ts';
import type { ClusterFacts } from '../config/facts.ts';
import { yamlDocument } from '../encode/document.ts';
import { binding } from './binding.ts';
import { daemonSetContent } from './kube-proxy-pod.ts';
import type { Kind } from './kinds.ts';
import type { WantedObject } from './object.ts';

export const kubeProxyNamespace = 'kube-system';
const namespace = kubeProxyNamespace;
const name = 'flexgen-kube-proxy';

/** Made first and deleted last: where it is, the others may be. */
export const kubeProxyBinding = 'flexgen:kube-proxy';

/** The kinds of what it has in that namespace, in the order in which they go. */
export const kubeProxyKinds = ['DaemonSet', 'ConfigMap', 'ServiceAccount'] as const satisfies readonly Kind[];

const ownFiles = '/var/run/secrets/kubernetes.io/serviceaccount';
const configFolder = '/etc/kube-proxy';

/** The API server under its own address: the service's is what kube-proxy has yet to set up. */
function kubeconfig(server: string): object {
  return {
    'apiVersion': 'v1',
    'kind': 'Config',
    'clusters': [{ name: 'default', cluster: { server, 'certificate-authority': `${ownFiles}/ca.crt` } }],
    'users': [{ name: 'default', user: { tokenFile: `${ownFiles}/token` } }],
    'contexts': [{ name: 'default', context: { cluster: 'default', user: 'default' } }],
    'current-context': 'default',
  };
}

/** Without the pods' networks it can't tell traffic from outside, and then leaves its source as it is. */
function configuration(podCIDRs: readonly string[]): object {
  return {
    apiVersion: 'kubeproxy.config.k8s.io/v1alpha1',
    kind: 'KubeProxyConfiguration',
    mode: 'iptables',
    ...(podCIDRs.length === 0 ? {} : { clusterCIDR: podCIDRs.join(',') }),
    clientConnection: { kubeconfig: `${configFolder}/kubeconfig.conf` },
  };
}

/**
 * kube-proxy for flexgen's nodes, which AKS's own DaemonSet does not select. One for all configs of a cluster, so it follows
 * the cluster alone: its version, not that of a node.
 */
export function kubeProxyObjects({
  server,
  podCIDRs,
  kubernetesVersion,
}: ClusterFacts): readonly WantedObject[] {
  const data = {
    'config.conf': yamlDocument(configuration(podCIDRs)),
    'kubeconfig.conf': yamlDocument(kubeconfig(server)),
  };
  const digest = createHash('sha256').update(JSON.stringify(data)).digest('hex');
  const own = { namespace, name, labels: {} } as const;
  return [
    binding(kubeProxyBinding, 'system:node-proxier', [{ kind: 'ServiceAccount', name, namespace }]),
    { ...own, kind: 'ServiceAccount', content: {} },
    { ...own, kind: 'ConfigMap', content: { data } },
    {
      ...own,
      kind: 'DaemonSet',
      content: daemonSetContent({
        name,
        image: kubeProxyImage(kubernetesVersion),
        configFolder,
        digest,
      }),
    },
  ];
}
