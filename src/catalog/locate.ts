import type { SourceLocation } from '../diagnostics/diagnostic.ts';

/** UTF-16 offsets into a text; `end` is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type Locate = (span: Span) => SourceLocation;

/** Turns spans of `text` into places. A span over several lines ends with its first. */
export function locator(file: string, text: string): Locate {
  const lines: { readonly start: number; readonly text: string }[] = [];
  for (const match of text.matchAll(/(.*?)(?:\r\n|\r|\n|$)/gsy)) {
    lines.push({ start: match.index, text: match[1] ?? '' });
    if (match.index + match[0].length === text.length && !/[\r\n]$/.test(match[0])) break;
  }
  return ({ start, end }) => {
    const index = Math.max(
      0,
      lines.findLastIndex((line) => line.start <= start),
    );
    const line = lines[index] ?? { start: 0, text: '' };
    const offset = Math.min(start - line.start, line.text.length);
    const length = Math.max(1, Math.min(end - start, line.text.length - offset));
    return { file, line: index + 1, column: offset + 1, length, text: line.text };
  };
}
