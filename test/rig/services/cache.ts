import { createHash } from 'node:crypto';
import { mkdtemp, mkdir, rename, rm, access } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** Where the rig keeps what is slow to make, for every checkout: the user's cache folder, or FLEXGEN_RIG_CACHE. */
export function cacheDir(): string {
  const caches = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  return process.env['FLEXGEN_RIG_CACHE'] ?? join(caches, 'flexgen-rig');
}

/** Where a run of this checkout leaves its logs. */
export const logsDir = resolve(import.meta.dirname, '../../../.rig');

/** A name for something made from `inputs`: the first 16 hex digits of their SHA-256, each input told from the next. */
export function cacheKey(inputs: readonly string[]): string {
  const hash = createHash('sha256');
  for (const input of inputs) hash.update(`${Buffer.byteLength(input)}:`).update(input);
  return hash.digest('hex').slice(0, 16);
}

const beingMade = new Map<string, Promise<string>>();

/**
 * The folder `name` of the cache; where it is not there yet, `make` fills a private folder that is then renamed, so
 * that a half-made one is never taken for whole, and two makers at once do no harm. Machines that start at once in one
 * process share what is made for the first.
 */
export async function cachedFolder(name: string, make: (dir: string) => Promise<void>): Promise<string> {
  const final = join(cacheDir(), name);
  if (await exists(final)) return final;
  const made = beingMade.get(final) ?? makeFolder(final, make).finally(() => beingMade.delete(final));
  beingMade.set(final, made);
  return made;
}

async function makeFolder(final: string, make: (dir: string) => Promise<void>): Promise<string> {
  await mkdir(dirname(final), { recursive: true });
  const draft = await mkdtemp(`${final}.draft-`);
  try {
    await make(draft);
    await rename(draft, final).catch(async (error: unknown) => {
      if (!(await exists(final))) throw error;
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return final;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
