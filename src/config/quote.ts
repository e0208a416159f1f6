const longest = 60;

/** A word of the user's in a message: in backticks, and cut where nobody reads on. */
export function quote(word: string): string {
  return `\`${word.length > longest ? `${word.slice(0, longest)}…` : word}\``;
}

/** `a`, `b` and `c`. */
export function quoteAll(words: readonly string[], last = 'and'): string {
  const quoted = words.map(quote);
  const end = quoted.pop() ?? '';
  return quoted.length === 0 ? end : `${quoted.join(', ')} ${last} ${end}`;
}
