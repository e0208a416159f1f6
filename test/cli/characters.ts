/** What templates, shells and YAML readers have taken for more than text. */
export const hostile: Readonly<Record<string, string>> = {
  'a double quote': 'a"b',
  'a single quote': "a'b",
  'a backslash': 'a\\b',
  'a command substitution': 'a$(id)b',
  'a backtick': 'a`id`b',
  'a line break': 'a\nb',
  'a hash': 'a #b',
  'a colon and a space': 'a: b',
  'U+0085': 'a\u0085b',
  'U+2028': 'a\u2028b',
  'NUL': 'a\0b',
  'an emoji': 'a😀b',
  'a mustache': 'a{{x}}b',
  'a shell variable': 'a${x}b',
  'an HCL directive': 'a%{x}b',
};

/** The text in double quotes for YAML, in ASCII. */
export function quoted(text: string): string {
  return JSON.stringify(text).replace(/[^\x20-\x7e]+/gu, (run) =>
    Array.from(run, (one) => `\\U${(one.codePointAt(0) ?? 0).toString(16).padStart(8, '0')}`).join(''),
  );
}
