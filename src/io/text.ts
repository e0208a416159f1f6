import { open } from 'node:fs/promises';
import { errorCode } from '../diagnostics/error-code.ts';

interface Why {
  /** In words for the person who named the file. */
  readonly reason: string;
  readonly hint: string;
}

const relative = 'paths are relative to the config file';
const forbidden: Why = { reason: 'it may not be read', hint: 'let your user read it' };
const notText: Why = {
  reason: 'it is not UTF-8 text',
  hint: 'save it as UTF-8, or a certificate as PEM',
};

const noFile: Why = { reason: 'there is no such file', hint: relative };

const whys: Readonly<Record<string, Why>> = {
  ENOENT: noFile,
  EACCES: forbidden,
  EPERM: forbidden,
  EISDIR: { reason: 'it is a folder', hint: 'name a file in it' },
  ENOTDIR: { reason: 'a part of its path is not a folder', hint: relative },
  ENAMETOOLONG: { reason: 'its name is too long', hint: 'name the file, not what is in it' },
  ELOOP: { reason: 'its links lead in a circle', hint: 'mend the link' },
  ENXIO: { reason: 'it is a socket or a device', hint: 'name a file' },
};

/** No config, certificate or token has a tenth of it; a device has no end. */
const most = 64 << 20;

const tooLarge: Why = { reason: `it has more than ${most >> 20} MiB`, hint: 'is this the right file?' };

export class UnreadableFile extends Error {
  readonly reason: string;
  readonly hint: string;
  /** There is no such file. */
  readonly missing: boolean;
  constructor(path: string, { reason, hint }: Why) {
    super(`can't read ${path}: ${reason}`);
    this.reason = reason;
    this.hint = hint;
    this.missing = reason === noFile.reason;
  }
}

/** What `work` throws, as UnreadableFile where a user can mend it. */
export async function explainedRead<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const why = whys[errorCode(error) ?? ''];
    if (why === undefined) throw error;
    throw new UnreadableFile(path, why);
  }
}

/** A UTF-8 text file, a byte order mark left out. Throws UnreadableFile for what a user can mend, anything else as it is. */
export async function readText(path: string): Promise<string> {
  const bytes = await explainedRead(path, () => readMost(path));
  if (bytes.length > most) throw new UnreadableFile(path, tooLarge);
  return textIn(bytes, path);
}

/** A file's bytes, or a few more than the most that there may be. */
async function readMost(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const stats = await file.stat();
    if (stats.isFile() && stats.size <= most) return await file.readFile();
    const chunks: Buffer[] = [];
    const stream: AsyncIterable<Buffer> = file.createReadStream({ end: most, autoClose: false });
    for await (const chunk of stream) chunks.push(chunk);
    return Buffer.concat(chunks);
  } finally {
    await file.close();
  }
}

/** The text that these bytes are, a byte order mark left out. Throws UnreadableFile. */
export function textIn(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UnreadableFile(path, notText);
  }
}
