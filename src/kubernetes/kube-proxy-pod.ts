import type { DataMap } from '../config/data.ts';

export interface Pod {
  /** Of the DaemonSet, its ServiceAccount and its ConfigMap. */
  readonly name: string;
  readonly image: string;
  readonly configFolder: string;
  /** Of the configuration: another one starts other pods. */
  readonly digest: string;
}

/** What the pod sees of the machine and of its configuration. */
const mounts = ({ name, configFolder }: Pod) => [
  { name: 'config', mountPath: configFolder, source: { configMap: { name } } },
  { name: 'xtables-lock', mountPath: '/run/xtables.lock', source: file('/run/xtables.lock') },
  { name: 'lib-modules', mountPath: '/lib/modules', source: { hostPath: { path: '/lib/modules' } } },
];

/** As iptables of the machine makes it, where it has not yet. */
const file = (path: string) => ({ hostPath: { path, type: 'FileOrCreate' } });

const readOnly = new Set(['lib-modules']);

function container(pod: Pod): DataMap {
  return {
    name: 'kube-proxy',
    image: pod.image,
    command: [
      '/usr/local/bin/kube-proxy',
      `--config=${pod.configFolder}/config.conf`,
      '--hostname-override=$(NODE_NAME)',
    ],
    env: [{ name: 'NODE_NAME', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } }],
    // It writes the machine's iptables and sysctls.
    securityContext: { privileged: true },
    volumeMounts: mounts(pod).map(({ name, mountPath }) => ({
      name,
      mountPath,
      ...(readOnly.has(name) ? { readOnly: true } : {}),
    })),
  };
}

/** A DaemonSet on every node of flexgen's, whatever its taints, and on no other. */
export function daemonSetContent(pod: Pod): DataMap {
  const labels = { 'app.kubernetes.io/name': pod.name };
  return {
    spec: {
      selector: { matchLabels: labels },
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '10%' } },
      template: {
        metadata: { labels, annotations: { 'flexgen-config-sha256': pod.digest } },
        spec: {
          nodeSelector: { 'kubernetes.azure.com/managed': 'false', 'kubernetes.io/os': 'linux' },
          tolerations: [{ operator: 'Exists' }],
          priorityClassName: 'system-node-critical',
          serviceAccountName: pod.name,
          hostNetwork: true,
          containers: [container(pod)],
          volumes: mounts(pod).map(({ name, source }) => ({ name, ...source })),
        },
      },
    },
  };
}
