import type { Encodable, Scalar } from './language.ts';
import { listOr, NUL, scalarText } from './scalar.ts';

const SHORT: Readonly<Record<string, string>> = {
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
};

/** A TOML value: a number, a boolean, a one-line string, or a list of these. */
export function encodeToml(value: Encodable): string {
  return listOr(value, scalar);
}

function scalar(value: Scalar): string {
  const text = scalarText('toml', value, [NUL]);
  if (typeof value !== 'string') return text;
  // Windows paths and regular expressions stay readable as literal strings, which know no escapes.
  if (/[\\"]/.test(text) && !/['\p{Cc}]/u.test(text)) return `'${text}'`;
  return `"${text.replace(/[\\"]/g, String.raw`\$&`).replace(/\p{Cc}/gu, control)}"`;
}

function control(character: string): string {
  return SHORT[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
