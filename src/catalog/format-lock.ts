import { artifactKey, imageKey } from './lock.ts';
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
  const images = lock.images
    .toSorted((a, b) => (imageKey(a) < imageKey(b) ? -1 : 1))
    .map(({ image, arch, digest, sha256 }) => ({ image, arch, digest, sha256 }));
  const document = { lockVersion: 1, artifacts, ...(images.length === 0 ? {} : { images }) };
  return `${JSON.stringify(document, null, 2)}\n`;
}
