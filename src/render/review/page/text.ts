import { number } from '../../../diagnostics/number.ts';
import { markup } from '../../../encode/html.ts';
import type { Html } from '../../../encode/html.ts';

/** Text with what stands for secrets marked. */
export function marked(text: string): Html {
  const pieces = text.split(/(<masked [^<>]* \d+>)/);
  return markup`${pieces.map((piece, index) => (index % 2 === 1 ? markup`<mark>${piece}</mark>` : piece))}`;
}

export const code = (text: string): Html => markup`<code>${marked(text)}</code>`;

/** A section of the page; none where there is nothing to say. */
export function section(title: string, count: number, body: Html): Html {
  if (count === 0) return markup``;
  return markup`<section><h2>${title} <span class="dim">${number(count)}</span></h2>\n${body}</section>\n`;
}

const row = (cells: readonly Html[]): Html =>
  markup`<tr>${cells.map((cell) => markup`<td>${cell}</td>`)}</tr>\n`;

/** A table with these heads. */
export function table(heads: readonly string[], rows: readonly (readonly Html[])[]): Html {
  const head = heads.map((text) => markup`<th>${text}</th>`);
  return markup`<table>\n<tr>${head}</tr>\n${rows.map(row)}</table>\n`;
}
