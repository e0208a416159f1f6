import type { Encodable } from './language.ts';
import { NUL, scalarText } from './scalar.ts';

const PLAIN = /^[A-Za-z0-9_.,:@%+/-]+$/;

/** Plain as a word anywhere but where a command may stand: quoting keeps them words there, too. */
const RESERVED =
  /^(?:case|coproc|do|done|elif|else|esac|fi|for|function|if|in|select|then|time|until|while)$/;

/** One word of a POSIX shell script: bare where that is plainly safe, else in single quotes. */
export function encodeSh(value: Encodable): string {
  const text = scalarText('sh', value, [NUL]);
  return PLAIN.test(text) && !RESERVED.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
