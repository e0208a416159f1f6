import type { SourceLocation } from '../diagnostics/diagnostic.ts';
import type { Arch, Component } from './component.ts';

/** One file to download. */
export interface Artifact {
  readonly name: Component;
  readonly version: string;
  readonly arch: Arch;
  /** Its upstream URL, or where the lock says it is; `mirrored` comes after. */
  readonly url: string;
  /** 64 lower-case hex digits. */
  readonly sha256: string;
}

export interface LockedArtifact extends Artifact {
  /**
   * `upstream`: what upstream publishes, so it must agree with the digests that flexgen ships.
   * `private`: a build of one's own, which a mirror serves in upstream's place.
   */
  readonly source: 'upstream' | 'private';
  /** Where its digest stands in the lock file. */
  readonly location?: SourceLocation;
}

/** A container image for one architecture, as an archive that a mirror has and containerd imports. */
export interface LockedImage {
  /** Its full name, e.g. `registry.k8s.io/pause:3.10`. */
  readonly image: string;
  readonly arch: Arch;
  /** Of the architecture's manifest: `sha256:` and 64 hex digits. */
  readonly digest: string;
  /** Of the archive, which `flexgen bundle` makes: the same manifest gives the same bytes. */
  readonly sha256: string;
}

/** `flexgen.lock.json`: the digests that are taken before the shipped ones. */
export interface Lock {
  readonly artifacts: readonly LockedArtifact[];
  readonly images: readonly LockedImage[];
}

/** The same of an image. */
export const imageKey = ({ image, arch }: Pick<LockedImage, 'image' | 'arch'>): string => `${image} ${arch}`;

/** The key by which an artifact is unique in a lock, and its sort key. */
export function artifactKey({ name, version, arch }: Pick<Artifact, 'name' | 'version' | 'arch'>): string {
  return `${name} ${version} ${arch}`;
}
