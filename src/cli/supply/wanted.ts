import { components, defaultVersions, isReleased, kubeProxyImage } from '../../catalog/index.ts';
import type { Arch, Component, Released } from '../../catalog/index.ts';
import type { Versions } from '../../config/spec.ts';

/** A download that a lock shall have, its digest still to be found. */
export interface WantedDownload {
  readonly name: Released;
  readonly version: string;
  readonly arch: Arch;
}

/** What a lock is for. */
export interface Needs {
  /** Versions of Kubernetes, the kubelet's. */
  readonly kubernetes: readonly string[];
  /** Of the clusters, for what follows them; the same where it is not known. */
  readonly clusters: readonly string[];
  readonly pinned: { readonly [K in keyof Versions]: string | null };
  readonly arches: readonly Arch[];
  readonly nodeProblemDetector: boolean;
  readonly kubeProxy: boolean;
  /** Container images beside those, the pause image first. */
  readonly images: readonly string[];
}

const keys = {
  'kubelet': 'kubernetes',
  'kubectl': 'kubernetes',
  'kubeadm': 'kubernetes',
  'containerd': 'containerd',
  'runc': 'runc',
  'cni-plugins': 'cniPlugins',
  'crictl': 'crictl',
  'node-problem-detector': 'nodeProblemDetector',
} as const satisfies Record<Released, keyof Versions>;

const names = components.filter(isReleased);

/** Every download once, for each architecture. */
export function wantedDownloads(needs: Needs): readonly WantedDownload[] {
  const wanted = needs.kubernetes.flatMap((kubernetes) => {
    const versions = defaultVersions(kubernetes);
    return names.map((name) => {
      const key = keys[name];
      return { name, version: (key === 'kubernetes' ? null : needs.pinned[key]) ?? versions[key] };
    });
  });
  const unwanted: Component | null = needs.nodeProblemDetector ? null : 'node-problem-detector';
  const unique = new Map(wanted.map((one) => [`${one.name} ${one.version}`, one]));
  return [...unique.values()]
    .filter(({ name }) => name !== unwanted)
    .flatMap((one) => needs.arches.map((arch) => ({ ...one, arch })));
}

/** Every container image once. */
export function wantedImages({ images, kubeProxy, clusters }: Needs): readonly string[] {
  return [...new Set([...images, ...(kubeProxy ? clusters.map(kubeProxyImage) : [])])];
}
