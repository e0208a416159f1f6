import { dirname, resolve } from 'node:path';
import { parseLock } from '../../catalog/index.ts';
import type { Lock } from '../../catalog/index.ts';
import type { Result } from '../../diagnostics/diagnostic.ts';
import { ok } from '../../diagnostics/diagnostic.ts';
import { UnreadableFile, readText } from '../../io/text.ts';
import type { NodeSpec } from '../../node/index.ts';
import type { World } from '../world.ts';

/** Where a lock file is. */
export interface LockPlace {
  /** As a person calls it. */
  readonly name: string;
  readonly path: string;
}

const defaultName = 'flexgen.lock.json';

/** The lock file of a config: the one that the command line names, that the config names, or the one beside it. */
export function lockPlace(
  { artifacts }: NodeSpec,
  options: { readonly config: string; readonly file?: string },
  { cwd }: World,
): LockPlace {
  if (options.file !== undefined) return { name: options.file, path: resolve(cwd, options.file) };
  const name = artifacts.lock?.file ?? defaultName;
  return { name, path: resolve(dirname(resolve(cwd, options.config)), name) };
}

/** What the file says now; null where there is none. */
export async function readLock({ name, path }: LockPlace): Promise<Result<Lock | null>> {
  try {
    return parseLock(await readText(path), name);
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    if (error.missing) return ok(null);
    const message = `can't read ${name}: ${error.reason}`;
    return {
      ok: false,
      errors: [{ severity: 'error', code: 'catalog/lock-unreadable', message, hint: error.hint }],
    };
  }
}
