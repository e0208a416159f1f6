import { ok } from '../diagnostics/diagnostic.ts';
import type { Diagnostic, Result } from '../diagnostics/diagnostic.ts';
import { isReleased } from './component.ts';
import type { Arch, Component } from './component.ts';
import { nearestVersions, shippedDigest } from './digests.ts';
import type { Artifact, Lock, LockedArtifact } from './lock.ts';
import { upstreamUrl } from './upstream.ts';
import { parseVersion } from './version.ts';

/**
 * URL and digest of a component. The lock comes before the shipped digests, with one exception: an entry that
 * gives upstream's own URL another digest than upstream published is `catalog/lock-conflict`, because it is either
 * a tampered download or a private build, and only a person can say which (`"source": "private"` on the entry).
 * Other errors: `catalog/version` (not x.y.z), `catalog/no-digest` (neither locked nor shipped).
 */
export function resolveArtifact(
  component: Component,
  version: string,
  arch: Arch,
  lock: Lock | null,
): Result<Artifact> {
  const locked = lock?.artifacts.find(
    (entry) => entry.name === component && entry.version === version && entry.arch === arch,
  );
  const fromLock = locked && {
    name: component,
    version,
    arch,
    url: locked.url,
    sha256: locked.sha256,
  };
  if (!isReleased(component)) {
    return fromLock ? ok(fromLock) : { ok: false, errors: [noDigest(component, version, arch)] };
  }
  if (!parseVersion(version)) return { ok: false, errors: [malformedVersion(component, version)] };
  const url = upstreamUrl(component, version, arch);
  const shipped = shippedDigest(component, version, arch);
  if (locked && fromLock) {
    const disagrees = shipped !== undefined && locked.url === url && locked.sha256 !== shipped;
    return disagrees && locked.source === 'upstream'
      ? { ok: false, errors: [lockConflict(locked, shipped)] }
      : ok(fromLock);
  }
  if (shipped === undefined) return { ok: false, errors: [noDigest(component, version, arch)] };
  return ok({ name: component, version, arch, url, sha256: shipped });
}

function malformedVersion(component: Component, version: string): Diagnostic {
  const [newest] = nearestVersions(component, version);
  return {
    severity: 'error',
    code: 'catalog/version',
    message: `${component} version ${JSON.stringify(version)} is not of the form 1.2.3`,
    hint:
      newest === undefined
        ? 'write all three numbers, without a leading v'
        : `for example ${newest}, without a leading v`,
  };
}

function lockConflict(locked: LockedArtifact, shipped: string): Diagnostic {
  return {
    severity: 'error',
    code: 'catalog/lock-conflict',
    message: `the lock gives ${locked.name} ${locked.version} (${locked.arch}) the sha256 ${locked.sha256}, but upstream published ${shipped}`,
    hint: 'run `flexgen lock` to renew the entry; if this is a build of your own, add "source": "private" to it',
    ...(locked.location ? { location: locked.location } : {}),
  };
}

function noDigest(component: Component, version: string, arch: Arch): Diagnostic {
  const nearest = nearestVersions(component, version);
  const offer = nearest.length === 0 ? '' : `, or take a version it knows: ${nearest.join(', ')}`;
  return {
    severity: 'error',
    code: 'catalog/no-digest',
    message: `no sha256 is known for ${component} ${version} (${arch})`,
    hint: `run \`flexgen lock\` to write its digest to flexgen.lock.json${offer}`,
  };
}
