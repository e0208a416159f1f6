import { constantFrom, oneof, sample, string } from 'fast-check';
import { EncodeError } from '../../src/encode/index.ts';
import type { Encodable } from '../../src/encode/index.ts';
import { hostile } from './corpus.ts';

const special = constantFrom(
  ...`'"\`\\$%{}()[]<>#;:,=&|!?*~-+@ \t\n\r\0`.split(''),
  'a',
  'é',
  '\u0085',
  '\u2028',
  '😀',
  '${',
  '%{',
  '\\x',
);
const random = oneof(
  string({ unit: special, maxLength: 12 }),
  string({ unit: 'binary', maxLength: 12 }),
  string({ unit: 'grapheme', maxLength: 12 }),
);

/** The hostile strings and 500 new random ones: all go to the reader at once, so that a test starts one process. */
export function samples(): string[] {
  return [...hostile, ...sample(random, 500)];
}

export interface Encoded {
  readonly value: string;
  readonly token: string;
}

/** The values that the encoder accepts, encoded. */
export function encodeAll(encode: (value: Encodable) => string, values: readonly string[]): Encoded[] {
  return values.flatMap((value) => {
    try {
      return [{ value, token: encode(value) }];
    } catch (error) {
      if (error instanceof EncodeError) return [];
      throw error;
    }
  });
}

/** Those of the hostile strings that the encoder refuses. */
export function refused(encode: (value: Encodable) => string): string[] {
  const accepted = new Set(encodeAll(encode, hostile).map(({ value }) => value));
  return hostile.filter((value) => !accepted.has(value));
}

/** What no file of systemd's can hold, of the hostile strings. */
export const dropped: readonly string[] = [
  '\u000b',
  '\f',
  '\0',
  'a\0b',
  '\u0001',
  '\u001b[31m',
  '\u007f',
  '\ufffe',
  '\uffff',
  '\ufdd0',
  '\ud83d',
];
