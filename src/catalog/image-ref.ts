import type { Arch } from './component.ts';

/** A container image's full name, in its parts. */
export interface ImageRef {
  readonly host: string;
  readonly repository: string;
  /** A tag, or `sha256:…`. */
  readonly reference: string;
}

/** Reads `HOST/REPOSITORY:TAG`, `HOST/REPOSITORY@sha256:…` or both; the digest counts. Undefined for anything else. */
export function parseImageRef(image: string): ImageRef | undefined {
  const [, host, repository, tag, digest] =
    /^([a-z0-9.-]+(?::\d+)?)\/([a-z0-9._/-]+)(?::([\w][\w.-]*))?(?:@(sha256:[0-9a-f]{64}))?$/.exec(image) ??
    [];
  const reference = digest ?? tag ?? 'latest';
  if (host === undefined || repository === undefined) return undefined;
  const isOfficial = host === 'docker.io' && !repository.includes('/');
  return { host, repository: isOfficial ? `library/${repository}` : repository, reference };
}

/** The name under which kubelet looks for it: a digest or a tag, never both, nor none. */
export function storedName({ host, repository, reference }: ImageRef): string {
  return `${host}/${repository}${reference.startsWith('sha256:') ? '@' : ':'}${reference}`;
}

/** Where an image's archive lies on a mirror, below it: what no registry has at such a path. */
export function archivePath(image: string, arch: Arch | '@'): string {
  const ref = parseImageRef(image);
  if (ref === undefined) throw new Error(`${image} is no image`);
  const { host, repository, reference } = ref;
  return `${host.replace(':', '_')}/${repository}/${reference.replace(':', '-')}/${arch}.tar`;
}

/** The image of kube-proxy that suits a cluster. */
export const kubeProxyImage = (kubernetesVersion: string): string =>
  `registry.k8s.io/kube-proxy:v${kubernetesVersion}`;
