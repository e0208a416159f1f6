import type { NodeFile } from '../../node/plan.ts';
import { tarEnd, tarHeader, tarPadding } from '../tar.ts';
import { gzipped, tightGzip } from './gzip.ts';

/** Whether an archive can have this file. */
export const isArchivable = ({ path }: NodeFile): boolean => /^\/[!-~]{1,100}$/.test(path);

/** Whether two lists have the same files: not like ones, the very same. */
const areSame = (some: readonly NodeFile[], others: readonly NodeFile[]): boolean =>
  some.length === others.length && some.every((file, index) => file === others[index]);

interface Archive {
  readonly files: readonly NodeFile[];
  readonly bytes: Uint8Array;
}

/** The last of each kind: every node of a fleet has both tried, the tight one last. */
const last: { [K in 'quick' | 'tight']?: Archive } = {};

/**
 * A gzipped tar of these files for `tar -C /`; `tight` takes a second to spare some percent. The nodes of a fleet share it.
 */
export function archive(files: readonly NodeFile[], tight: boolean): Uint8Array {
  const kind = tight ? 'tight' : 'quick';
  const made = last[kind];
  if (made !== undefined && areSame(made.files, files)) return made.bytes;
  const bytes = newArchive(files, tight);
  last[kind] = { files, bytes };
  return bytes;
}

function newArchive(files: readonly NodeFile[], tight: boolean): Uint8Array {
  // What is alike stands together then.
  const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const blocks = sorted.flatMap(({ path, mode, content }) => {
    const bytes = Buffer.from(content);
    return [tarHeader(path.slice(1), mode, bytes.length), bytes, tarPadding(bytes.length)];
  });
  return (tight ? tightGzip : gzipped)(Buffer.concat([...blocks, tarEnd]));
}
