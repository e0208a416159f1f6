import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, link, mkdir, open, rename, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errorCode } from '../diagnostics/error-code.ts';
import { explained, linkless } from './write.ts';

async function hashed(path: string): Promise<{ readonly hash: Hash; readonly size: number }> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    size += chunk.length;
  }
  return { hash, size };
}

/** The sha256 and the size of a file, or undefined where there is none. Throws UnwritableFile. */
export function fileDigest(
  path: string,
): Promise<{ readonly sha256: string; readonly size: number } | undefined> {
  return explained(path, async () => {
    try {
      const { hash, size } = await hashed(path);
      return { sha256: hash.digest('hex'), size };
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return undefined;
      throw error;
    }
  });
}

/**
 * A file that is written piece by piece beside its place, over more than one run of a program, and is put there when it is
 * whole. Every method throws UnwritableFile for what a user can mend.
 */
export class PartialFile {
  readonly path: string;
  readonly #part: string;
  readonly #file: FileHandle;
  #hash: Hash;
  #size: number;

  private constructor(path: string, file: FileHandle, hash: Hash, size: number) {
    this.path = path;
    this.#part = `${path}.part`;
    this.#file = file;
    this.#hash = hash;
    this.#size = size;
  }

  /** Goes on with what an earlier run has left. */
  static open(path: string): Promise<PartialFile> {
    return explained(path, async () => {
      await mkdir(dirname(path), { recursive: true });
      const file = await open(`${path}.part`, 'a', 0o666);
      try {
        const { hash, size } = await hashed(`${path}.part`);
        return new PartialFile(path, file, hash, size);
      } catch (error) {
        await file.close();
        throw error;
      }
    });
  }

  /** How much of it is there. */
  get size(): number {
    return this.#size;
  }

  get sha256(): string {
    return this.#hash.copy().digest('hex');
  }

  append(chunk: Buffer): Promise<void> {
    return explained(this.path, async () => {
      await this.#file.appendFile(chunk);
      this.#hash.update(chunk);
      this.#size += chunk.length;
    });
  }

  /** Throws away what is there. */
  restart(): Promise<void> {
    return explained(this.path, async () => {
      await this.#file.truncate(0);
      this.#hash = createHash('sha256');
      this.#size = 0;
    });
  }

  /** Puts it where it belongs. */
  finish(): Promise<void> {
    return explained(this.path, async () => {
      await this.#file.sync();
      await this.#file.close();
      await rename(this.#part, this.path);
    });
  }

  /** Leaves it as it is, for another run; what is empty is no use to any. */
  async close(): Promise<void> {
    await this.#file.close();
    if (this.#size === 0) await rm(this.#part, { force: true });
  }
}

/** Gives a file a second name, or where its file system has none, a copy. Throws UnwritableFile. */
export function alsoAs(from: string, path: string): Promise<void> {
  return explained(path, async () => {
    await mkdir(dirname(path), { recursive: true });
    await rm(path, { force: true });
    try {
      await link(from, path);
    } catch (error) {
      if (!linkless.has(errorCode(error) ?? '')) throw error;
      await copyFile(from, path);
    }
  });
}
