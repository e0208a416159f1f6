import { styleText } from 'node:util';
import type { Diagnostic, SourceLocation } from '../diagnostics/diagnostic.ts';
import { split, visible, widthOf } from './text-width.ts';

export interface PrintOptions {
  readonly color: boolean;
}

type Style = (text: string) => string;

/** The longest part of a line that is shown, and the longest line with a hint behind its caret, in columns. */
const widest = 100;

/** How much of a long line is kept before what is pointed at. */
const before = 30;

/** The first characters of a list that fit into so many columns. */
function fitting(characters: readonly string[], columns: number): string[] {
  let width = 0;
  const end = characters.findIndex((character) => (width += widthOf(character)) > columns);
  return characters.slice(0, end === -1 ? characters.length : end);
}

const firstOf = (text: string, columns: number) =>
  fitting(split(text.slice(0, columns * 16)), columns).join('');
const lastOf = (text: string, columns: number) =>
  fitting(split(text.slice(-columns * 4)).toReversed(), columns)
    .toReversed()
    .join('');

interface Excerpt {
  readonly line: string;
  readonly indent: number;
  readonly carets: number;
}

/** The part of a line that is worth showing, and where in it, in columns, the place is. */
function excerpt({ text, column, length }: SourceLocation): Excerpt {
  const start = column - 1;
  const head = visible(text.slice(0, start));
  const place = visible(text.slice(start, start + length));
  const tail = visible(text.slice(start + length));
  const fits = text.length <= widest * 4 && widthOf(head + place + tail) <= widest;
  const shownHead = fits || head.length <= before ? head : `…${lastOf(head, before)}`;
  const room = Math.max(1, widest - widthOf(shownHead));
  const shown = fits ? place + tail : firstOf(place + tail, room);
  const cut = shown.length < place.length + tail.length ? '…' : '';
  const carets = widthOf(shown.length < place.length ? shown : place);
  return { line: shownHead + shown + cut, indent: widthOf(shownHead), carets: Math.max(1, carets) };
}

function formatPlace(location: SourceLocation, hint: string, mark: Style, frame: Style): string[] {
  const { line, indent, carets } = excerpt(location);
  const gutter = ' '.repeat(String(location.line).length);
  const pointer = `${' '.repeat(indent)}${'^'.repeat(carets)}`;
  const beside = hint !== '' && pointer.length + 1 + widthOf(hint) <= widest;
  return [
    `${gutter}${frame('-->')} ${visible(location.file)}:${location.line}:${location.column}`,
    `${gutter} ${frame('|')}`,
    `${frame(`${location.line} |`)} ${line}`.trimEnd(),
    `${gutter} ${frame('|')} ${mark(beside ? `${pointer} ${hint}` : pointer)}`,
    ...(hint === '' || beside ? [] : [`${gutter} ${frame('=')} ${hint}`]),
  ];
}

/** Names and amounts below each other, the amounts' last digits too. */
function formatTable(rows: NonNullable<Diagnostic['table']>): string[] {
  const shown = rows.map(([name, amount]) => [visible(name), visible(amount)] as const);
  const width = Math.max(0, ...shown.map(([name]) => widthOf(name)));
  const digits = Math.max(0, ...shown.map(([, amount]) => widthOf(amount)));
  return shown.map(
    ([name, amount]) => `  ${name}${' '.repeat(width - widthOf(name))}  ${amount.padStart(digits)}`,
  );
}

function format(diagnostic: Diagnostic, { color }: PrintOptions): string {
  const style =
    (...formats: Parameters<typeof styleText>[0][]): Style =>
    (text) =>
      color
        ? formats.reduce((styled, name) => styleText(name, styled, { validateStream: false }), text)
        : text;
  const mark = style(diagnostic.severity === 'error' ? 'red' : 'yellow', 'bold');
  const hint = visible(diagnostic.hint ?? '');
  const table = formatTable(diagnostic.table ?? []);
  const title = `${mark(`${diagnostic.severity}:`)} ${visible(diagnostic.message)}`;
  if (diagnostic.location !== undefined) {
    return [title, ...table, ...formatPlace(diagnostic.location, hint, mark, style('blue', 'bold'))].join(
      '\n',
    );
  }
  const place = diagnostic.path === undefined ? [] : [`  at ${visible(diagnostic.path)}`];
  return [title, ...place, ...table, ...(hint === '' ? [] : [`  ${hint}`])].join('\n');
}

/** All diagnostics as a reader should see them, in the given order, an empty line between two; nothing for none. */
export function formatDiagnostics(diagnostics: readonly Diagnostic[], options: PrintOptions): string {
  return diagnostics.map((diagnostic) => `${format(diagnostic, options)}\n`).join('\n');
}

const escape = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** A JSON document that may be printed to a terminal, whatever its texts hold. */
export function printedJson(value: unknown): string {
  // JSON lets these stand as they are; a terminal acts on them.
  return `${JSON.stringify(value, null, 2).replace(/[\u007f-\u009f\u2028\u2029]/g, escape)}\n`;
}

/** The same for programs: a JSON list of `{severity, code, message, hint?, path?, location?}`. */
export const diagnosticsAsJson = (diagnostics: readonly Diagnostic[]): string => printedJson(diagnostics);
