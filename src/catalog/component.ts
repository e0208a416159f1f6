/** The programs that flexgen puts on a node, by the names that the lock file uses too. */
export const components = [
  'kubelet',
  'kubectl',
  'kubeadm',
  'containerd',
  'runc',
  'cni-plugins',
  'crictl',
  'node-problem-detector',
] as const;
export type Component = (typeof components)[number];

/** CPU architectures by Go's names, which every upstream uses in its file names. */
export const architectures = ['amd64', 'arm64'] as const;
export type Arch = (typeof architectures)[number];
