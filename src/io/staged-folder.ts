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
import { errorCode } from '../diagnostics/error-code.ts';
import { UnwritableFile, explainedSync } from './write.ts';

/** Where many files are made before all of them are put in their places, so that what was interrupted can go on. */
export interface StagedFolder {
  /**
   * Makes a file, 0600, unless the same is there. The calls don't wait: a queue of promises costs more than a write. Throws
   * UnwritableFile.
   */
  put(name: string, content: Uint8Array): 'made' | 'kept';
  /** Puts each of them in its place. Throws UnwritableFile. */
  commit(): void;
  /** Leaves the folder as it was found. */
  drop(): void;
}

interface Opened {
  readonly isNew: boolean;
  readonly there: ReadonlySet<string>;
  readonly staged: ReadonlySet<string>;
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

function open(path: string, aside: string): Opened {
  const isNew = !existsSync(path);
  const there = entriesOf(path);
  if (isNew) mkdirSync(path, { mode: 0o700 });
  mkdirSync(aside, { recursive: true, mode: 0o700 });
  return { isNew, there, staged: entriesOf(aside) };
}

const has = (names: ReadonlySet<string>, folder: string, name: string, content: Uint8Array): boolean =>
  names.has(name) && readFileSync(join(folder, name)).equals(content);

/**
 * A folder, 0700 where it is new; it is opened by the first file that is put there. What an interrupted run has made aside,
 * in `.<stage>` within it, is used; a file that a power cut has torn is not the same and is made again.
 */
export function stagedFolder(path: string, stage: string): StagedFolder {
  const aside = join(path, `.${stage}`);
  const made: string[] = [];
  let opened: Opened | undefined;
  return {
    put: (name, content) =>
      explainedSync(path, () => {
        const { there, staged } = (opened ??= open(path, aside));
        if (has(there, path, name, content)) return 'kept';
        made.push(name);
        if (has(staged, aside, name, content)) return 'kept';
        writeFileSync(join(aside, name), content, { mode: 0o600 });
        return 'made';
      }),
    commit: () =>
      explainedSync(path, () => {
        opened ??= open(path, aside);
        for (const name of made) renameSync(join(aside, name), join(path, name));
        rmSync(aside, { recursive: true, force: true });
      }),
    drop() {
      if (opened === undefined) return;
      rmSync(aside, { recursive: true, force: true });
      if (opened.isNew) rmdirSync(path);
    },
  };
}
