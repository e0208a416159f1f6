/** Which versions exist, where they are and what they must hash to; the lock file; the kubelet's fields. No effects. */
export { architectures, components } from './component.ts';
export type { Arch, Component } from './component.ts';
export { compareVersions, parseVersion } from './version.ts';
export { mirrored, upstreamUrl } from './upstream.ts';
export { knownVersions } from './digests.ts';
export { defaultVersions } from './defaults.ts';
export { containerdSupports, supportedContainerd } from './containerd-support.ts';
export { resolveArtifact } from './artifact.ts';
export type { Artifact, Lock, LockedArtifact } from './lock.ts';
export { parseLock } from './parse-lock.ts';
export { formatLock } from './format-lock.ts';
export { kubeletFieldMinors, kubeletFields } from './kubelet-fields.ts';
export type { Field, FieldTable } from './kubelet-fields.ts';
