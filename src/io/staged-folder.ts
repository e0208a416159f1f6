import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  rmdirSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { errorCode } from './text.ts';
import { UnwritableFile, explained } from './write.ts';

/** Where many files are made before all of them are put in their places, so that what was interrupted can go on. */
export interface StagedFolder {
  /** Makes a file, 0600, unless the same is there. The calls don't wait: a queue of promises costs more than a write. */
  put(name: string, content: string | Uint8Array): 'made' | 'kept';
  /** Puts each of them in its place. */
  commit(): Promise<void>;
  /** Leaves the folder as it was found. */
  drop(): Promise<void>;
}

const entriesOf = (path: string): Set<string> => {
  try {
    return new Set(readdirSync(path));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return new Set();
    if (errorCode(error) === 'ENOTDIR') throw new UnwritableFile(path, 'it is not a folder');
    throw error;
  }
};

const isSame = (path: string, content: string | Uint8Array): boolean => {
  const there = readFileSync(path);
  return there.equals(typeof content === 'string' ? Buffer.from(content) : content);
};

const has = (names: ReadonlySet<string>, folder: string, name: string, content: string | Uint8Array) =>
  names.has(name) && isSame(join(folder, name), content);

/**
 * Opens a folder, 0700 where it is new. What an interrupted run has made aside, in `.<stage>` within it, is used; a file
 * that a power cut has torn is not the same and is made again. Throws UnwritableFile.
 */
export function stagedFolder(path: string, stage: string): Promise<StagedFolder> {
  const aside = join(path, `.${stage}`);
  return explained(path, async () => {
    const isNew = !existsSync(path);
    const there = entriesOf(path);
    if (isNew) mkdirSync(path, { mode: 0o700 });
    mkdirSync(aside, { recursive: true, mode: 0o700 });
    const staged = entriesOf(aside);
    const made: string[] = [];
    return {
      put(name, content) {
        if (has(there, path, name, content)) return 'kept';
        made.push(name);
        if (has(staged, aside, name, content)) return 'kept';
        writeFileSync(join(aside, name), content, { mode: 0o600 });
        return 'made';
      },
      commit: () =>
        explained(path, async () => {
          for (const name of made) renameSync(join(aside, name), join(path, name));
          rmSync(aside, { recursive: true, force: true });
        }),
      drop: () =>
        explained(path, async () => {
          rmSync(aside, { recursive: true, force: true });
          if (isNew) rmdirSync(path);
        }),
    };
  });
}
