import type { Result } from '../../diagnostics/diagnostic.ts';
import { ok, refused } from '../../diagnostics/diagnostic.ts';
import { parseVersion } from '../../catalog/index.ts';
import { Unavailable, readUrl, refusedWith } from './fetch.ts';
import type { Ways } from './fetch.ts';
import { unreachable } from './upstream.ts';

/** `1.36.4`, `1.36` (its newest) or `1.35-1.37` (the newest of each). */
export type Wish = { readonly version: string } | { readonly minors: readonly number[] };

/** The newest release of a minor, as upstream's own note says. */
async function newest(minor: number, ways: Ways): Promise<Result<string>> {
  const url = `https://dl.k8s.io/release/stable-1.${minor}.txt`;
  try {
    const answer = await readUrl(url, 1024, ways);
    if (answer.status !== 404 && answer.status !== 200) throw refusedWith(answer);
    const text = answer.bytes.toString('latin1').trim().replace(/^v/, '');
    if (answer.status === 200 && parseVersion(text)?.minor === minor) return ok(text);
    return refused({
      code: 'upstream/no-version',
      message: `upstream names no release of Kubernetes 1.${minor} at ${url}`,
      hint: 'check the version; `--kubernetes 1.36.4` takes one as it is',
    });
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    return refused(unreachable(error.message));
  }
}

/** The versions that are asked for, each once. */
export async function releasesOf(wishes: readonly Wish[], ways: Ways): Promise<Result<readonly string[]>> {
  const found = await Promise.all(
    wishes.flatMap((wish): Promise<Result<string>>[] =>
      'version' in wish
        ? [Promise.resolve(ok(wish.version))]
        : wish.minors.map((minor) => newest(minor, ways)),
    ),
  );
  const errors = found.flatMap((one) => (one.ok ? [] : one.errors));
  if (errors.length > 0) return { ok: false, errors };
  return ok([...new Set(found.flatMap((one) => (one.ok ? [one.value] : [])))]);
}
