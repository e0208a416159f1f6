import Handlebars from 'handlebars';
import { ok } from '../diagnostics/diagnostic.ts';
import type { Result } from '../diagnostics/diagnostic.ts';
import { problem } from './problem.ts';
import type { Source } from './problem.ts';

/** The template's syntax tree, or where Handlebars stopped reading. */
export function parse(source: Source): Result<hbs.AST.Program> {
  try {
    return ok(Handlebars.parse(source.text));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const place = placeOf(error);
    if (place === undefined) throw error;
    const { line, column, message } = place;
    const length = (source.text.split('\n')[line - 1] ?? '').length;
    const span = { start: { line, column }, end: { line, column: length } };
    return { ok: false, errors: [problem(source, 'syntax', message, span, place.hint)] };
  }
}

interface Place {
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly hint: string;
}

/** Handlebars has two kinds of errors: its own, with a place, and those of its parser, with the line in the text only. */
function placeOf(error: Error): Place | undefined {
  const line = /^Parse error on line (\d+):/.exec(error.message)?.[1];
  if (line !== undefined) {
    const hint =
      'each {{ needs its }}, each block its {{/…}}, and a } of the file after {{name}} a space before it';
    return { line: Number(line), column: 0, message: 'Handlebars cannot read this line', hint };
  }
  if (
    error instanceof Handlebars.Exception &&
    typeof error.lineNumber === 'number' &&
    typeof error.column === 'number'
  ) {
    const message = error.message.replace(/ - \d+:\d+$/, '');
    return {
      line: error.lineNumber,
      column: error.column,
      message,
      hint: 'close each block by its own name',
    };
  }
  return undefined;
}
