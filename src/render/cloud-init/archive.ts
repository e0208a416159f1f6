import type { NodeFile } from '../../node/plan.ts';
import { tarEnd, tarHeader, tarPadding } from '../tar.ts';
import { gzip } from './gzip.ts';

/** Whether an archive can have this file. */
export const isArchivable = ({ path }: NodeFile): boolean => /^\/[!-~]{1,100}$/.test(path);

/** A gzipped tar of these files, in this order, for `tar -C /`; base64. */
export function archive(files: readonly NodeFile[]): string {
  const blocks = files.flatMap(({ path, mode, content }) => {
    const bytes = Buffer.from(content);
    return [tarHeader(path.slice(1), mode, bytes.length), bytes, tarPadding(bytes.length)];
  });
  return gzip(Buffer.concat([...blocks, tarEnd]));
}
