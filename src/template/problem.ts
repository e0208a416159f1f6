import type { Diagnostic, SourceLocation } from '../diagnostics/diagnostic.ts';

/** A template's name and text, as diagnostics point into it. */
export interface Source {
  readonly name: string;
  readonly text: string;
}

/** Every way in which a template is refused, with what to do about it. */
const HINTS = {
  'syntax': undefined,
  'unescaped':
    'write {{name}}: it is encoded for the language of the file; put a space between a { of the file and {{',
  'helper': 'only {{name}} and the blocks #if, #unless, #each and #with with one name are known',
  'partial': 'write its text here',
  'decorator': 'write its text here',
  'raw-block': 'write \\{{ for a {{ in the output',
  'literal': 'write the text itself',
  'quoted': 'remove the quotes: the encoder sets its own where they are needed',
  'comment': 'move it out of the comment: a line break in the value would end the comment',
  'position': undefined,
} as const satisfies Record<string, string | undefined>;

export type ProblemKind = keyof typeof HINTS;

/** A part of a template as Handlebars gives it: lines count from 1, columns from 0. */
type Span = Pick<hbs.AST.SourceLocation, 'start' | 'end'>;

/** An error of the template, located. `hint` replaces that of the kind. */
export function problem(
  source: Source,
  kind: ProblemKind,
  message: string,
  span: Span,
  hint?: string,
): Diagnostic {
  const advice = hint ?? HINTS[kind];
  return {
    severity: 'error',
    code: `template/${kind}`,
    message,
    ...(advice === undefined ? {} : { hint: advice }),
    location: locate(source, span),
  };
}

function locate(source: Source, { start, end }: Span): SourceLocation {
  const text = source.text.split(/\r?\n/)[start.line - 1] ?? '';
  const stop = end.line === start.line ? end.column : text.length;
  const length = Math.max(1, stop - start.column);
  return { file: source.name, line: start.line, column: start.column + 1, length, text };
}
