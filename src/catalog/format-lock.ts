import { artifactKey } from './lock.ts';
import type { Lock, LockedArtifact } from './lock.ts';

/** The text of a lock file. The same artifacts in any order give the same bytes, one artifact a block for small diffs. */
export function formatLock(lock: Lock): string {
  const artifacts = lock.artifacts
    .toSorted((a, b) => (artifactKey(a) < artifactKey(b) ? -1 : 1))
    .map(({ name, version, arch, url, sha256, source }: LockedArtifact) => ({
      name,
      version,
      arch,
      url,
      sha256,
      ...(source === 'private' ? { source } : {}),
    }));
  return `${JSON.stringify({ lockVersion: 1, artifacts }, null, 2)}\n`;
}
