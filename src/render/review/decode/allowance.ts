import { Damaged } from './damaged.ts';

/** A drive for a virtual machine has a few MiB; no machine takes a tenth of it as user-data, and a bomb is larger. */
export const mostBytes = 64 << 20;
const mostDepth = 8;
const mostParts = 1000;
const mostFiles = 10_000;

const bomb = 'no provisioner delivers such a payload: is this the right file?';

/** What one payload may still unfold to, so that a small file can take neither the memory nor the time of a large one. */
export class Allowance {
  bytes = mostBytes;
  #parts = mostParts;
  #files = mostFiles;

  /** Counts what a layer has unfolded to. */
  take(count: number): void {
    this.bytes -= count;
    if (this.bytes < 0) throw this.exceeded();
  }

  exceeded(): Damaged {
    return new Damaged(`it unfolds to more than ${mostBytes >> 20} MiB`, bomb, 'too-large');
  }

  part(): void {
    this.#parts -= 1;
    this.atMost(0);
  }

  /** Whether so many more parts would do. */
  atMost(parts: number): void {
    if (this.#parts < parts) throw new Damaged(`it has more than ${mostParts} parts`, bomb, 'too-large');
  }

  file(): void {
    if (--this.#files < 0) throw new Damaged(`it has more than ${mostFiles} files`, bomb, 'too-large');
  }

  depth(via: readonly string[]): void {
    if (via.length > mostDepth)
      throw new Damaged(`it is nested more than ${mostDepth} levels deep`, bomb, 'too-large');
  }
}
