import type { ValueProblem } from './value-problem.ts';

// Controls; the line and paragraph separators; lone surrogates; marks that reorder what a reader sees (UAX #9);
// the byte order mark and the replacement character, which stands for bytes that are no UTF-8; noncharacters.
const unprintable =
  /[\p{Cc}\u2028\u2029\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffd\p{Noncharacter_Code_Point}]/gu;

const names: Readonly<Record<string, string>> = {
  '\0': 'NUL',
  '\t': 'a tab',
  '\n': 'a line break',
  '\r': 'a carriage return',
  '\u001b': 'escape',
  '\u007f': 'DEL',
  '\u0085': 'next line',
  '\u2028': 'line separator',
  '\u2029': 'paragraph separator',
  '\ufeff': 'byte order mark',
  '\ufffd': 'bytes that are no UTF-8',
};

/** The first character that a reader can't see or a machine may take for more than text. */
export function findUnprintable(
  text: string,
  multiline: boolean,
): (ValueProblem & { readonly character: string }) | undefined {
  for (const [character] of text.matchAll(unprintable)) {
    if (multiline && character === '\n') continue;
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    const name = names[character];
    return {
      character,
      code: 'config/control-character',
      message: `the character U+${code}${name === undefined ? '' : ` (${name})`} may not stand here`,
      hint: character === '\n' ? 'write the value in one line' : 'remove it',
    };
  }
  return undefined;
}
