/** Which versions exist, where they are and what they must hash to; the lock file; the kubelet's fields. No effects. */
export { architectures, components, isReleased } from './component.ts';
export type { Arch, Component, Released } from './component.ts';
export { compareVersions, parseVersion } from './version.ts';
export { artifactAddress, isRegistry, mirrored, registryFolder, upstreamUrl } from './upstream.ts';
export { knownVersions, shippedDigest } from './digests.ts';
export { checksumOf, readChecksum } from './checksums.ts';
export { archivePath, kubeProxyImage, parseImageRef, storedName } from './image-ref.ts';
export type { ImageRef } from './image-ref.ts';
export { defaultVersions } from './defaults.ts';
export { containerdSupports, supportedContainerd } from './containerd-support.ts';
export { resolveArtifact } from './artifact.ts';
export { artifactKey, imageKey } from './lock.ts';
export type { Artifact, Lock, LockedArtifact, LockedImage } from './lock.ts';
export { parseLock } from './parse-lock.ts';
export { formatLock } from './format-lock.ts';
export { kubeletFieldMinors, kubeletFields } from './kubelet-fields.ts';
export type { Field, FieldTable } from './kubelet-fields.ts';
