import type { Encodable } from './language.ts';
import { CONTROL, scalarText } from './scalar.ts';

/**
 * One word, or the rest of one, in a directive of a systemd unit that is split into words, e.g. `Environment=NAME=value`
 * or `ReadWritePaths=value`. Not for `Exec…=`: there systemd would also expand `$NAME`.
 *
 * Escapes, not quotes, because systemd.syntax(7) promises quotes only around a whole word.
 */
export function encodeUnit(value: Encodable): string {
  const text = scalarText('unit', value, [[/\n/, 'a line break'], ...CONTROL]);
  if (text === '') return '""';
  return text.replace(/[^A-Za-z0-9_.,:@+/=$-]/gu, escaped);
}

function escaped(character: string): string {
  // Specifiers are expanded after the escapes are read, so `\x25` would not do.
  if (character === '%') return '%%';
  const code = character.charCodeAt(0);
  return code < 0x80 ? `\\x${code.toString(16).padStart(2, '0')}` : character;
}
