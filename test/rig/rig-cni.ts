import { images } from './services/versions.ts';

const name = 'rig-cni';
const namespace = 'kube-system';

/** The objects of a network plugin for the nodes with these labels, as a vendor's manifest has them; it asks `server`. */
export function rigCni(nodeSelector: Readonly<Record<string, string>>, server: string): object {
  const labels = { app: name };
  const account = { kind: 'ServiceAccount', name, namespace };
  const rbac = 'rbac.authorization.k8s.io';
  return {
    apiVersion: 'v1',
    kind: 'List',
    items: [
      { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace } },
      {
        apiVersion: `${rbac}/v1`,
        kind: 'ClusterRole',
        metadata: { name },
        rules: [{ apiGroups: [''], resources: ['nodes'], verbs: ['get', 'list'] }],
      },
      {
        apiVersion: `${rbac}/v1`,
        kind: 'ClusterRoleBinding',
        metadata: { name },
        roleRef: { apiGroup: rbac, kind: 'ClusterRole', name },
        subjects: [account],
      },
      {
        apiVersion: 'apps/v1',
        kind: 'DaemonSet',
        metadata: { name, namespace },
        spec: {
          selector: { matchLabels: labels },
          template: {
            metadata: { labels },
            spec: {
              nodeSelector,
              tolerations: [{ operator: 'Exists' }],
              priorityClassName: 'system-node-critical',
              serviceAccountName: name,
              hostNetwork: true,
              containers: [
                {
                  name,
                  image: images.rigCni,
                  env: [
                    { name: 'SERVER', value: server },
                    { name: 'NODE_NAME', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } },
                  ],
                  securityContext: { privileged: true },
                  volumeMounts: [{ name: 'host', mountPath: '/host' }],
                },
              ],
              volumes: [{ name: 'host', hostPath: { path: '/' } }],
            },
          },
        },
      },
    ],
  };
}
