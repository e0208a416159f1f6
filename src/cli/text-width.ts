// Unicode's East Asian Wide and Fullwidth, as far as text and emoji use them (EastAsianWidth.txt).
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u;
const unseen = /[\p{Cc}\u2028\u2029\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

let segmenter: Intl.Segmenter | undefined;

/** Made at first use: it takes milliseconds, and nearly no run needs it. */
const graphemes = (): Intl.Segmenter => (segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' }));

const ascii = /^[ -~]*$/;

/** What a reader sees as one character each. */
export function split(text: string): string[] {
  // Nearly all lines are of these, and to segment takes a hundred times longer.
  return ascii.test(text)
    ? Array.from(text)
    : Array.from(graphemes().segment(text), ({ segment }) => segment);
}

function widthOfOne(character: string): number {
  if (wide.test(character)) return 2;
  return /^\p{M}/u.test(character) ? 0 : 1;
}

/** How many columns of a terminal a text takes; none of its characters may be unseen. */
export function widthOf(text: string): number {
  if (ascii.test(text)) return text.length;
  return split(text).reduce((width, character) => width + widthOfOne(character), 0);
}

function picture(character: string): string {
  const code = character.charCodeAt(0);
  if (character === '\t') return '    ';
  // Unicode's control pictures stand in the order of the controls.
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? '\u2421' : '\ufffd';
}

/** The text with everything that would move the cursor, or the reader, shown as a sign of one column; tabs as four spaces. */
export function visible(text: string): string {
  return text.replace(unseen, picture);
}
