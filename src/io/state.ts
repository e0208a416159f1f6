import { mkdir, readdir, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { errorCode } from '../diagnostics/error-code.ts';
import { UnreadableFile, readText } from './text.ts';
import { createPrivate, explained, writePrivate } from './write.ts';

/** The folder beside a config where flexgen keeps what it has made and can't ask for again: machines' private keys. */
export const stateFolder = '.flexgen';

const ignore = '.gitignore';

/** A file of the state folder `root`, or undefined where there is none. Throws UnreadableFile. */
export async function readState(root: string, name: string): Promise<string | undefined> {
  try {
    return await readText(join(root, name));
  } catch (error) {
    if (error instanceof UnreadableFile && error.missing) return undefined;
    throw error;
  }
}

/**
 * Makes a file of the state folder, mode 0600 in folders of 0700; git never sees any of it. It is on the disk when this
 * returns: the key of a machine that Azure knows must not be lost, nor another put in its place. False = another run has
 * made one. Throws UnwritableFile.
 */
export async function createState(root: string, name: string, text: string): Promise<boolean> {
  const path = join(root, name);
  await explained(path, () => mkdir(dirname(path), { recursive: true, mode: 0o700 }));
  await writePrivate(join(root, ignore), '*\n');
  return createPrivate(path, text);
}

/** Removes a file of the state folder, and the folders that it leaves empty. Throws UnwritableFile. */
export async function removeState(root: string, name: string): Promise<void> {
  const path = join(root, name);
  await explained(path, () => rm(path, { force: true }));
  for (let folder = dirname(name); folder !== '.'; folder = dirname(folder)) {
    if (!(await removeEmpty(join(root, folder)))) return;
  }
  const left = await readdir(root).catch(() => []);
  if (left.every((entry) => entry === ignore)) await rm(root, { recursive: true, force: true });
}

async function removeEmpty(folder: string): Promise<boolean> {
  try {
    await rmdir(folder);
    return true;
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOTEMPTY' || code === 'EEXIST') return false;
    if (code === 'ENOENT') return true;
    throw error;
  }
}
