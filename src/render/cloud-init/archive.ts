import type { NodeFile } from '../../node/plan.ts';
import { tarEnd, tarHeader, tarPadding } from '../tar.ts';
import { tightGzip } from './gzip.ts';

/** Whether an archive can have this file. */
export const isArchivable = ({ path }: NodeFile): boolean => /^\/[!-~]{1,100}$/.test(path);

/** Whether two lists have the same files: not like ones, the very same. */
export const areSame = (some: readonly NodeFile[], others: readonly NodeFile[]): boolean =>
  some.length === others.length && some.every((file, index) => file === others[index]);

let last: { readonly files: readonly NodeFile[]; readonly bytes: Uint8Array } | undefined;

/** A gzipped tar of these files for `tar -C /`. The nodes of a fleet share it. */
export function archive(files: readonly NodeFile[]): Uint8Array {
  if (last === undefined || !areSame(last.files, files)) last = { files, bytes: newArchive(files) };
  return last.bytes;
}

function newArchive(files: readonly NodeFile[]): Uint8Array {
  // What is alike stands together then.
  const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const blocks = sorted.flatMap(({ path, mode, content }) => {
    const bytes = Buffer.from(content);
    return [tarHeader(path.slice(1), mode, bytes.length), bytes, tarPadding(bytes.length)];
  });
  return tightGzip(Buffer.concat([...blocks, tarEnd]));
}
