import { readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import type { Deadline } from './machine.ts';

const pollMilliseconds = 100;
const tailLines = 40;

/** The text that a machine wrote to its console, read from the file that collects it. */
export class Console {
  readonly #file: string;
  /** Where the present boot begins, in characters of the cleaned text. */
  #bootStart = 0;

  constructor(file: string) {
    this.#file = file;
  }

  /** Everything so far; a terminal's carriage returns and control sequences are left out. */
  text(): string {
    let bytes: Buffer;
    try {
      bytes = readFileSync(this.#file);
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
      throw error;
    }
    return clean(bytes.toString());
  }

  /** From here on `waitFor` looks only at what comes. */
  newBoot(): void {
    this.#bootStart = this.text().length;
  }

  tail(): string {
    return this.text().trimEnd().split('\n').slice(-tailLines).join('\n');
  }

  async waitFor(
    pattern: RegExp,
    { deadlineMs }: Deadline,
    machine: { readonly name: string; running(): boolean },
  ): Promise<RegExpExecArray> {
    const find = new RegExp(pattern.source, pattern.flags.replace('g', ''));
    const match = await poll(
      () => {
        // Asked before the text is read: the last words of a machine count.
        const running = machine.running();
        const found = find.exec(this.text().slice(this.#bootStart));
        if (found === null && !running) {
          throw new Error(
            `${machine.name} ended without ${pattern} on its console; the tail:\n${this.tail()}`,
          );
        }
        return Promise.resolve(found ?? undefined);
      },
      { deadlineMs },
      () => `${machine.name}: no ${pattern} on the console; the tail:\n${this.tail()}`,
    );
    return match;
  }
}

/** Asks again and again until there is an answer; `complain` words the error at the deadline. */
export async function poll<T>(
  probe: () => Promise<T | undefined>,
  { deadlineMs }: Deadline,
  complain: () => string,
): Promise<T> {
  const deadline = performance.now() + deadlineMs;
  for (;;) {
    const answer = await probe();
    if (answer !== undefined) return answer;
    if (performance.now() > deadline) throw new Error(`after ${deadlineMs / 1000} s: ${complain()}`);
    await new Promise((resolve) => setTimeout(resolve, pollMilliseconds));
  }
}

function clean(text: string): string {
  return stripVTControlCharacters(text).replaceAll('\r', '');
}
