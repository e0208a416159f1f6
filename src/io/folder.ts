import { randomUUID } from 'node:crypto';
import { mkdir, readdir, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { errorCode } from '../diagnostics/error-code.ts';
import { UnwritableFile, explained } from './write.ts';

/** A file of a folder, its path relative to that. */
export interface TreeFile {
  readonly path: string;
  readonly mode: number;
  readonly content: string;
}

/** Every file below a folder, by its path in it; none where there is no such folder. Throws UnwritableFile. */
export async function filesBelow(path: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(path, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => !entry.isDirectory())
      .map((entry) => relative(path, join(entry.parentPath, entry.name)))
      .toSorted();
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    if (errorCode(error) === 'ENOTDIR') throw new UnwritableFile(path, 'it is not a folder');
    if (errorCode(error) === 'EACCES') throw new UnwritableFile(path, 'it may not be read');
    throw error;
  }
}

async function fill(folder: string, files: readonly TreeFile[]): Promise<void> {
  await mkdir(folder);
  for (const { path, mode, content } of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content, { mode, flag: 'wx' });
  }
}

/** Where a folder is: where a link of that name leads. */
async function target(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return path;
    throw error;
  }
}

/** Puts `made` where a folder is, which is gone afterwards; where that fails, it is there as before. */
async function swap(made: string, place: string, aside: string): Promise<void> {
  await rename(place, aside).catch((error: unknown) => {
    if (errorCode(error) !== 'ENOENT') throw error;
  });
  try {
    await rename(made, place);
  } catch (error) {
    await rename(aside, place).catch(() => undefined);
    throw error;
  }
  await rm(aside, { recursive: true, force: true });
}

/**
 * Writes a folder of exactly these files, whole or not at all; what was there before is replaced as a whole. Throws
 * UnwritableFile for what a user can mend, anything else as it is.
 */
export function writeFolder(path: string, files: readonly TreeFile[]): Promise<void> {
  return explained(path, async () => {
    const place = await target(path);
    const beside = join(dirname(place), `.${randomUUID()}`);
    try {
      await fill(`${beside}.tmp`, files);
      await swap(`${beside}.tmp`, place, `${beside}.old`);
    } finally {
      await rm(`${beside}.tmp`, { recursive: true, force: true });
    }
  });
}
