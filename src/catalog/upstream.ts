import type { Arch, Released } from './component.ts';

type UrlOf = (version: string, arch: Arch) => string;

const kubernetes =
  (name: string): UrlOf =>
  (version, arch) =>
    `https://dl.k8s.io/release/v${version}/bin/linux/${arch}/${name}`;

/** A release file of a GitHub repository; every project here tags its releases `v1.2.3`. */
const github =
  (repository: string, file: UrlOf): UrlOf =>
  (version, arch) =>
    `https://github.com/${repository}/releases/download/v${version}/${file(version, arch)}`;

const urls = {
  'kubelet': kubernetes('kubelet'),
  'kubectl': kubernetes('kubectl'),
  'kubeadm': kubernetes('kubeadm'),
  'containerd': github('containerd/containerd', (v, arch) => `containerd-${v}-linux-${arch}.tar.gz`),
  'runc': github('opencontainers/runc', (_, arch) => `runc.${arch}`),
  'cni-plugins': github('containernetworking/plugins', (v, arch) => `cni-plugins-linux-${arch}-v${v}.tgz`),
  'crictl': github('kubernetes-sigs/cri-tools', (v, arch) => `crictl-v${v}-linux-${arch}.tar.gz`),
  // The underscore before the architecture is upstream's.
  'node-problem-detector': github(
    'kubernetes/node-problem-detector',
    (v, arch) => `node-problem-detector-v${v}-linux_${arch}.tar.gz`,
  ),
} as const satisfies Record<Released, UrlOf>;

/** Where upstream publishes the component. `version` is `1.2.3`, without a leading `v`. */
export function upstreamUrl(component: Released, version: string, arch: Arch): string {
  return urls[component](version, arch);
}

/**
 * The URL on a mirror, whose layout is the upstream URL without its scheme:
 * `https://dl.k8s.io/a` on `https://mirror.corp/k8s` is `https://mirror.corp/k8s/dl.k8s.io/a`.
 * Without a mirror it is the URL itself.
 */
export function mirrored(url: string, mirror: string | null): string {
  if (mirror === null || isRegistry(mirror)) return url;
  return `${mirror.replace(/\/+$/, '')}/${url.replace(/^https?:\/\//, '')}`;
}

/** `oci://HOST/REPOSITORY`: a registry, which knows files by their digests alone. */
export const isRegistry = (mirror: string | null): mirror is `oci://${string}` =>
  mirror?.startsWith('oci://') === true;

/** The folder of a registry's files: what comes behind it is `sha256:` and a digest. */
export function registryFolder(mirror: string): string {
  const { host, pathname } = new URL(mirror.replace('oci://', 'https://'));
  return `https://${host}/v2${pathname}/blobs/`;
}

/** Where a mirror has the file of a URL that has this sha256. What follows the `?` is for who reads it. */
export function artifactAddress(url: string, sha256: string, mirror: string | null): string {
  if (!isRegistry(mirror)) return mirrored(url, mirror);
  return `${registryFolder(mirror)}sha256:${sha256}?${url.slice(url.lastIndexOf('/') + 1)}`;
}
