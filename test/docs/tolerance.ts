/**
 * What may differ between what a document shows and what is printed: how wide columns are, what depends on the day and the
 * machine (times, sizes, shares). Small numbers may not: they say how many things there are.
 */
const volatile: readonly (readonly [RegExp, string])[] = [
  // A column of bytes.
  [/(?<= {2})\d+(?=$| {2})/gm, 'N'],
  [/[ \t]+/g, ' '],
  [/ $/gm, ''],
  [/\^+/g, '^'],
  [/\b\d{1,3}(?:,\d{3})+\b/g, 'N'],
  [/\b\d+(?= (?:s|h|%)(?!\w))/g, 'N'],
];

const settled = (text: string): string =>
  volatile.reduce((words, [pattern, replacement]) => words.replace(pattern, replacement), text);

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);

/** `…` alone in a line is any lines, anywhere else whatever stands there. */
function patternOf(shown: string): RegExp {
  const lines = settled(shown)
    .replace(/\n$/, '')
    .split('\n')
    .map((line) =>
      line.trim() === '…' ? String.raw`(?:.*\n)*?` : `${line.split('…').map(escaped).join('.*')}\n`,
    );
  return new RegExp(`^${lines.join('')}$`);
}

/** How they differ, both with what may differ made equal; null: they don't. */
export function difference(
  printed: string,
  shown: string,
): { readonly printed: string; readonly shown: string } | null {
  const real = settled(printed);
  return patternOf(shown).test(real) ? null : { printed: real, shown: settled(shown) };
}
