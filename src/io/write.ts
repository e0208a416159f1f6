import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { access, link, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { errorCode } from '../diagnostics/error-code.ts';

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'its folder does not exist',
  ENOTDIR: 'a part of its path is not a folder',
  EACCES: 'its folder may not be written to',
  EPERM: 'its folder may not be written to',
  EROFS: 'its file system is read-only',
  EBUSY: 'a file system is mounted there',
  ENOSPC: 'the disk is full',
  EDQUOT: 'your share of the disk is full',
};

export class UnwritableFile extends Error {
  readonly reason: string;
  constructor(path: string, reason: string) {
    super(`can't write ${path}: ${reason}`);
    this.reason = reason;
  }
}

/** Where a file is written: where a link of that name leads. A device or a folder may not be replaced by a file. */
async function target(path: string): Promise<string> {
  try {
    const real = await realpath(path);
    if ((await stat(real)).isFile()) return real;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return path;
    throw error;
  }
  throw new UnwritableFile(path, 'it is not a file');
}

/** Writes a file beside `path` and lets `place` put it there. */
async function put(
  path: string,
  text: string | Uint8Array,
  place: (aside: string) => Promise<void>,
  mode = 0o600,
): Promise<void> {
  const aside = join(dirname(path), `.${randomUUID()}.tmp`);
  try {
    const file = await open(aside, 'wx', mode);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await place(aside);
  } finally {
    await rm(aside, { force: true });
  }
}

const replace = (path: string, text: string | Uint8Array, mode?: number): Promise<void> =>
  put(path, text, (aside) => rename(aside, path), mode);

/** What file systems without hard links say. */
export const linkless = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);

/** Puts a file where none is, whoever else does the same at the same time. */
async function claim(aside: string, path: string): Promise<void> {
  try {
    await link(aside, path);
  } catch (error) {
    if (!linkless.has(errorCode(error) ?? '')) throw error;
    await rename(aside, path);
  }
}

function explanation(path: string, error: unknown): unknown {
  const reason = reasons[errorCode(error) ?? ''];
  return reason === undefined ? error : new UnwritableFile(path, reason);
}

/** What `work` throws, as UnwritableFile where a user can mend it. */
export async function explained<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw explanation(path, error);
  }
}

/** The same for work that does not wait. */
export function explainedSync<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw explanation(path, error);
  }
}

/**
 * Writes a file whole or not at all, readable by its owner alone: a payload holds credentials. Throws UnwritableFile
 * for what a user can mend, anything else as it is.
 */
export function writePrivate(path: string, text: string | Uint8Array): Promise<void> {
  return explained(path, async () => replace(await target(path), text));
}

/** The same for what is no secret: others may read it, as far as the user lets them. */
export function writeShared(path: string, text: string): Promise<void> {
  return explained(path, async () => replace(await target(path), text, 0o666));
}

/** The same as `writePrivate` where there is no such file yet; one that is there stays as it is, and false is returned. */
export function createPrivate(path: string, text: string): Promise<boolean> {
  return explained(path, async () => {
    try {
      await put(path, text, (aside) => claim(aside, path));
      return true;
    } catch (error) {
      if (errorCode(error) === 'EEXIST') return false;
      throw error;
    }
  });
}

/** Throws what `writePrivate` would, as far as that can be known without writing. */
export function checkWritable(path: string): Promise<void> {
  return explained(path, async () => access(dirname(await target(path)), constants.W_OK));
}
