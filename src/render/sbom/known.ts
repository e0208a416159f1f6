import { components } from '../../catalog/index.ts';
import type { Component } from '../../catalog/index.ts';

/** What is known of a component beside where its releases are. */
interface Known {
  /** An SPDX identifier; null where it is no open licence. */
  readonly license: string | null;
  readonly repository: string | null;
  /** Vendor and product under which the NVD files its vulnerabilities; null where it has none of its own. */
  readonly cpe: string | null;
}

const kubernetes: Known = {
  license: 'Apache-2.0',
  repository: 'https://github.com/kubernetes/kubernetes',
  cpe: 'kubernetes:kubernetes',
};

const known = {
  'kubelet': kubernetes,
  'kubectl': kubernetes,
  'kubeadm': kubernetes,
  'containerd': {
    license: 'Apache-2.0',
    repository: 'https://github.com/containerd/containerd',
    cpe: 'linuxfoundation:containerd',
  },
  'runc': {
    license: 'Apache-2.0',
    repository: 'https://github.com/opencontainers/runc',
    cpe: 'linuxfoundation:runc',
  },
  'cni-plugins': {
    license: 'Apache-2.0',
    repository: 'https://github.com/containernetworking/plugins',
    cpe: null,
  },
  'crictl': {
    license: 'Apache-2.0',
    repository: 'https://github.com/kubernetes-sigs/cri-tools',
    cpe: null,
  },
  'node-problem-detector': {
    license: 'Apache-2.0',
    repository: 'https://github.com/kubernetes/node-problem-detector',
    cpe: null,
  },
  'azcmagent': { license: null, repository: null, cpe: null },
} as const satisfies Record<Component, Known>;

/** What is known of a download of this name; undefined for one that is none of the catalog's. */
export function knownComponent(name: string): Known | undefined {
  const component = components.find((one) => one === name);
  return component === undefined ? undefined : known[component];
}
