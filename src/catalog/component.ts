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
  'azcmagent',
] as const;
export type Component = (typeof components)[number];

/** What is published as releases, at a URL that follows from the version; the rest comes from a lock file alone. */
export type Released = Exclude<Component, 'azcmagent'>;

export const isReleased = (component: Component): component is Released => component !== 'azcmagent';

/** CPU architectures by Go's names, which every upstream uses in its file names. */
export const architectures = ['amd64', 'arm64'] as const;
export type Arch = (typeof architectures)[number];
