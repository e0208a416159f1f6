/** HTML that may stand in a page as it is. Only `markup` makes one. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** What may stand in a template: text is encoded, HTML is not, of a list each. */
type Insert = string | number | Html | readonly Insert[];

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

// Controls but the tab and the line break; the marks that reorder what a reader sees (UAX #9); what is not seen at all.
const unseen = /(?![\t\n])[\p{Cc}\p{Cs}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

const code = (character: string): string =>
  `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`;

/** Text for an element or a quoted attribute. What a reader would not see is written out. */
const encoded = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => entities[character] ?? '').replace(unseen, code);

function inserted(value: Insert): string {
  if (value instanceof Html) return value.text;
  return typeof value === 'string' || typeof value === 'number'
    ? encoded(String(value))
    : value.map(inserted).join('');
}

/** A piece of a page: everything that is put into it is encoded. Attributes must stand in quotes. */
export function markup(pieces: TemplateStringsArray, ...values: readonly Insert[]): Html {
  return new Html(String.raw({ raw: pieces }, ...values.map(inserted)));
}
