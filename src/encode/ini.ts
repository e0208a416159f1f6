import type { Encodable } from './language.ts';
import { CONTROL, scalarText } from './scalar.ts';
import type { Refusal } from './scalar.ts';

/**
 * INI has no specification: its readers differ in what they strip, unquote, expand or take for a comment. What any of
 * them would change is refused.
 */
const REFUSED: readonly Refusal[] = [
  [/[\n\x85\u2028\u2029]/, 'a line break'],
  ...CONTROL,
  [/^\s|\s$/, 'a space at its start or end'],
  [/["'`\\]/, 'a quote or a backslash'],
  [/[#;]/, 'a # or ;, which may start a comment'],
  [/[$%]/, 'a $ or %, which may be expanded'],
];

/** The value of `key = value` in an INI-like file, as it is. */
export function encodeIni(value: Encodable): string {
  return scalarText('ini', value, REFUSED);
}
