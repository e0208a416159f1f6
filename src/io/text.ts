import { readFile } from 'node:fs/promises';

/** Why a file could not be read, in words for the person who named it. */
const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'it may not be read',
  EPERM: 'it may not be read',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is not a folder',
};

export class UnreadableFile extends Error {
  readonly reason: string;
  constructor(path: string, reason: string) {
    super(`can't read ${path}: ${reason}`);
    this.reason = reason;
  }
}

/** The system's error code (`ENOENT`, …) of a caught value, or undefined when it carries none. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** A UTF-8 text file, a byte order mark left out. Throws UnreadableFile for what a user can mend, anything else as it is. */
export async function readText(path: string): Promise<string> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    const reason = reasons[errorCode(error) ?? ''];
    if (reason === undefined) throw error;
    throw new UnreadableFile(path, reason);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UnreadableFile(path, 'it is not UTF-8 text');
  }
}
