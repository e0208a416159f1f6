import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { resolve } from 'node:path';
import { explainedRead } from './text.ts';

/** More than was asked for. */
export class TooLargeFile extends Error {}

async function readAll(chunks: AsyncIterable<Uint8Array>, most: number): Promise<Buffer> {
  const read: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    if (length > most) throw new TooLargeFile();
    read.push(chunk);
  }
  return Buffer.concat(read);
}

/** Where a command's input is: a file below `cwd`, or standard input for `-`. */
interface Source {
  readonly cwd: string;
  readonly stdin: () => AsyncIterable<Uint8Array>;
}

/**
 * A file's bytes, those of standard input for `-`, and no more than `most`: a device may have no end. Throws
 * UnreadableFile for what a user can mend, and TooLargeFile.
 */
export async function readBytes(file: string, most: number, { cwd, stdin }: Source): Promise<Buffer> {
  if (file === '-') return await readAll(stdin(), most);
  const path = resolve(cwd, file);
  return await explainedRead(path, async () => {
    let opened: FileHandle | undefined;
    try {
      opened = await open(path);
      return await readAll(opened.createReadStream(), most);
    } finally {
      await opened?.close();
    }
  });
}
