import { EncodeError } from './language.ts';
import type { Encodable, Scalar } from './language.ts';
import { listOr, NUL, scalarText } from './scalar.ts';

const SHORT: Readonly<Record<string, string>> = { '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** An HCL value for Packer: a number, a boolean, a quoted string without interpolation, or a list of these. */
export function encodeHcl(value: Encodable): string {
  return listOr(value, scalar);
}

function scalar(value: Scalar): string {
  const text = scalarText('hcl', value, [NUL]);
  if (typeof value !== 'string') return text;
  // HCL normalises each string to NFC: another form would come back changed.
  if (text !== text.normalize('NFC')) throw new EncodeError('hcl', 'text that is not in Unicode form NFC');
  const escaped = text
    .replace(/[\\"]/g, String.raw`\$&`)
    .replace(/\p{Cc}/gu, (character) => SHORT[character] ?? unicode(character))
    .replace(/([$%]*)([$%])\{/g, introducer);
  return `"${escaped}"`;
}

/** `${` is written `$${`; but after another `$` that would be ambiguous, so there the last one is written by its number. */
function introducer(_match: string, before: string, last: string): string {
  return before.endsWith(last) ? `${before}${unicode(last)}{` : `${before}${last}${last}{`;
}

function unicode(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
