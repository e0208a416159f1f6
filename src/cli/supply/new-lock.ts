import { artifactKey } from '../../catalog/index.ts';
import type { Lock } from '../../catalog/index.ts';
import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import { ok } from '../../diagnostics/diagnostic.ts';
import { atMost } from '../at-most.ts';
import type { Ways } from './fetch.ts';
import { findImage } from './images.ts';
import { findUpstream } from './upstream.ts';
import { wantedDownloads, wantedImages } from './wanted.ts';
import type { Needs } from './wanted.ts';

/** Who publishes this for nothing should not be flooded. */
const concurrency = 6;

const found = <T extends object>(results: readonly (T | Diagnostic)[]): readonly T[] =>
  results.filter((one): one is T => !('severity' in one));
const problems = (results: readonly (object | Diagnostic)[]): readonly Diagnostic[] =>
  results.filter((one): one is Diagnostic => 'severity' in one);

/** What many entries have in common is said once. */
function unique(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...new Map(diagnostics.map((one) => [one.message, one])).values()];
}

/** The lock for these needs. Of the one before, what a person has put there stays: private builds, and Arc's agent. */
export async function newLock(needs: Needs, before: Lock, ways: Ways): Promise<Result<Lock>> {
  const kept = before.artifacts.filter(({ name, source }) => source === 'private' || name === 'azcmagent');
  const isKept = new Set(kept.map(artifactKey));
  const wanted = wantedDownloads(needs).filter((one) => !isKept.has(artifactKey(one)));
  const artifacts = await atMost(concurrency, wanted, (one) => findUpstream(one, ways));
  const pairs = wantedImages(needs).flatMap((image) => needs.arches.map((arch) => ({ image, arch })));
  const images = await atMost(concurrency, pairs, ({ image, arch }) => findImage(image, arch, before, ways));
  const errors = unique([...problems(artifacts), ...problems(images)]);
  if (errors.length > 0) return { ok: false, errors };
  return ok({ artifacts: [...kept, ...found(artifacts)], images: found(images) });
}
