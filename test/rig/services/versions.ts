/**
 * What the rig builds. Kubernetes stays at 1.34 because a kubelet from 1.35 on refuses cgroup v1, which is all that
 * some build machines have; FLEXGEN_RIG_KUBERNETES builds another one.
 */
export const versions = {
  kubernetes: process.env['FLEXGEN_RIG_KUBERNETES'] ?? '1.34.4',
  containerd: '2.3.4',
  runc: '1.4.3',
  cniPlugins: '1.9.1',
  crictl: '1.36.0',
} as const;

/** Images as a pod or containerd names them. */
export const images = {
  pause: 'mcr.microsoft.com/oss/v2/kubernetes/pause:3.10.2',
  hello: 'example.com/hello:1',
  rigCni: 'example.com/rig-cni:1',
  kubeProxy: `registry.k8s.io/kube-proxy:v${versions.kubernetes}`,
} as const;
