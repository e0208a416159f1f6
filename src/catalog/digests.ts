import { isReleased } from './component.ts';
import type { Arch, Component, Released } from './component.ts';
import data from './data/digests.json' with { type: 'json' };
import { compareVersions, parseVersion } from './version.ts';

type DigestsByVersion = Readonly<Record<string, Readonly<Record<Arch, string>>>>;

const shipped: Readonly<Record<Exclude<Released, 'node-problem-detector'>, DigestsByVersion>> = data.sha256;

function digestsOf(component: Component): DigestsByVersion {
  // node-problem-detector publishes sha512 only, so its sha256 can come from a lock file alone.
  return component === 'node-problem-detector' || !isReleased(component) ? {} : shipped[component];
}

/** The sha256 that upstream publishes, 64 hex digits, or undefined when this flexgen does not know the version. */
export function shippedDigest(component: Component, version: string, arch: Arch): string | undefined {
  return digestsOf(component)[version]?.[arch];
}

/** The versions whose digests are shipped, newest first. */
export function knownVersions(component: Component): readonly string[] {
  return Object.keys(digestsOf(component))
    .flatMap((text) => parseVersion(text) ?? [])
    .toSorted((a, b) => compareVersions(b, a))
    .map(({ major, minor, patch }) => `${major}.${minor}.${patch}`);
}

/** Up to three known versions to offer instead of `version`: of its own minor the closest, of others the newest. */
export function nearestVersions(component: Component, version: string): readonly string[] {
  const wanted = parseVersion(version);
  const known = knownVersions(component);
  if (!wanted) return known.slice(0, 3);
  return known
    .flatMap((text) => {
      const candidate = parseVersion(text);
      if (!candidate) return [];
      const major = Math.abs(candidate.major - wanted.major);
      const minor = Math.abs(candidate.minor - wanted.minor);
      const patch = Math.abs(candidate.patch - wanted.patch);
      return [{ text, major, minor, patch: major || minor ? -candidate.patch : patch }];
    })
    .toSorted((a, b) => a.major - b.major || a.minor - b.minor || a.patch - b.patch)
    .slice(0, 3)
    .map(({ text }) => text);
}
