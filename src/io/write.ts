import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { access, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { errorCode } from './text.ts';

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'its folder does not exist',
  ENOTDIR: 'a part of its path is not a folder',
  EACCES: 'its folder may not be written to',
  EPERM: 'its folder may not be written to',
  EROFS: 'its file system is read-only',
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

async function replace(path: string, text: string): Promise<void> {
  const aside = join(dirname(path), `.${randomUUID()}.tmp`);
  try {
    const file = await open(aside, 'wx', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(aside, path);
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
}

/** What `work` throws, as UnwritableFile where a user can mend it. */
export async function explained<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const reason = reasons[errorCode(error) ?? ''];
    if (reason === undefined) throw error;
    throw new UnwritableFile(path, reason);
  }
}

/**
 * Writes a file whole or not at all, readable by its owner alone: a payload holds credentials. Throws UnwritableFile
 * for what a user can mend, anything else as it is.
 */
export function writePrivate(path: string, text: string): Promise<void> {
  return explained(path, async () => replace(await target(path), text));
}

/** Throws what `writePrivate` would, as far as that can be known without writing. */
export function checkWritable(path: string): Promise<void> {
  return explained(path, async () => access(dirname(await target(path)), constants.W_OK));
}
