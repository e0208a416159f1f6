import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
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

/**
 * A file's bytes, those of standard input for `-`, and no more than `most`: a device may have no end. Throws
 * UnreadableFile for what a user can mend, and TooLargeFile.
 */
export async function readBytes(path: string, most: number): Promise<Buffer> {
  if (path === '-') return await readAll(process.stdin, most);
  return await explainedRead(path, async () => {
    let file: FileHandle | undefined;
    try {
      file = await open(path);
      return await readAll(file.createReadStream(), most);
    } finally {
      await file?.close();
    }
  });
}
