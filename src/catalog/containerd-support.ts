import { compareVersions, parseVersion } from './version.ts';

/**
 * The oldest containerd for each Kubernetes minor, by the Kubernetes table of containerd's RELEASES.md.
 * 1.35 takes 2.1.5+ of the 2.1 line and all of 2.2, which is everything from 2.1.5 on; the others likewise.
 */
const oldestContainerd = [
  { kubernetesMinor: 36, containerd: { major: 2, minor: 2, patch: 0 } },
  { kubernetesMinor: 35, containerd: { major: 2, minor: 1, patch: 5 } },
  { kubernetesMinor: 34, containerd: { major: 2, minor: 1, patch: 3 } },
] as const;

/** A minor newer than the table is taken as its newest row, an older one as its oldest. */
function oldestFor(kubernetesMinor: number): { major: number; minor: number; patch: number } {
  const row = oldestContainerd.find((candidate) => candidate.kubernetesMinor <= kubernetesMinor);
  return (row ?? oldestContainerd[2]).containerd;
}

/** Whether that containerd (`2.3.4`) runs Kubernetes 1.`kubernetesMinor`. Only containerd 2 is taken: flexgen writes its config. */
export function containerdSupports(kubernetesMinor: number, containerdVersion: string): boolean {
  const version = parseVersion(containerdVersion);
  return version?.major === 2 && compareVersions(version, oldestFor(kubernetesMinor)) >= 0;
}

/** What `containerdSupports` takes, for a message: `containerd 2.1.5 or newer, below 3`. */
export function supportedContainerd(kubernetesMinor: number): string {
  const { major, minor, patch } = oldestFor(kubernetesMinor);
  return `containerd ${major}.${minor}.${patch} or newer, below 3`;
}
