import { EncodeError } from './language.ts';
import type { Encodable, Language, Scalar } from './language.ts';

/** A character class that a language cannot hold, and its name in the error. */
export type Refusal = readonly [pattern: RegExp, reason: string];

export const NUL: Refusal = [/\0/, 'a NUL character'];

/**
 * systemd ignores an assignment with any of these (`env_value_is_valid`, `unichar_is_valid`), and most line-based
 * readers split at or strip some of them. Tab and line feed are left to each language.
 */
export const CONTROL: readonly Refusal[] = [
  NUL,
  [/\r/, 'a carriage return'],
  [/(?![\t\n\u0080-\u009f])\p{Cc}/u, 'a control character'],
  [/\p{Noncharacter_Code_Point}/u, 'a Unicode noncharacter'],
];

/** The text of one value. Throws {@link EncodeError} on a list, and on what no language can hold. */
export function scalarText(language: Language, value: Encodable, refusals: readonly Refusal[] = []): string {
  if (typeof value === 'object') throw new EncodeError(language, 'a list');
  return checkedText(language, value, refusals);
}

/** The text of a list in brackets, `[a, b]`, or of one value. */
export function listOr(value: Encodable, encode: (value: Scalar) => string): string {
  return typeof value === 'object' ? `[${value.map((item) => encode(item)).join(', ')}]` : encode(value);
}

function checkedText(language: Language, value: Scalar, refusals: readonly Refusal[]): string {
  if (typeof value === 'number') return numberText(language, value);
  const text = String(value);
  // A lone surrogate has no UTF-8: it would silently become U+FFFD on its way to the file.
  if (/\p{Surrogate}/u.test(text)) throw new EncodeError(language, 'half of a surrogate pair');
  for (const [pattern, reason] of refusals) {
    if (pattern.test(text)) throw new EncodeError(language, reason);
  }
  return text;
}

function numberText(language: Language, value: number): string {
  if (!Number.isFinite(value)) throw new EncodeError(language, 'a number that is not finite');
  // Above 2^53 a JavaScript number no longer says which whole number was meant.
  if (Number.isInteger(value) && !Number.isSafeInteger(value))
    throw new EncodeError(language, 'a whole number beyond 2^53');
  return String(value);
}
