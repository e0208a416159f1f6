import type { SourceLocation } from '../../diagnostics/diagnostic.ts';

/** Offsets into the text, in UTF-16 units, `end` exclusive. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** A text that the user wrote, able to say where in it something stands. */
export interface Source {
  readonly file: string;
  readonly text: string;
  /** Where a range starts; it is cut at its line's end. The line's text has every hidden range starred out. */
  locate(range: Range): SourceLocation;
  /** From now on no location shows what stands in this range. */
  hide(range: Range): void;
}

/** Every offset at which a line starts. YAML 1.2 breaks lines at LF, CRLF and CR alone. */
function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (char === 0x0a || (char === 0x0d && text.charCodeAt(at + 1) !== 0x0a)) starts.push(at + 1);
  }
  return starts;
}

/** The index of the last of the ascending `starts` that is not after `offset`. */
function lineOf(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

const withoutBreak = (line: string) => line.replace(/[\r\n]+$/, '');

/** Replaces by stars what `hidden` covers of a line that starts at `start`, keeping every column where it was. */
function mask(line: string, start: number, hidden: readonly Range[]): string {
  let masked = line;
  for (const range of hidden) {
    const from = Math.max(0, range.start - start);
    const to = Math.min(line.length, range.end - start);
    if (from < to) masked = masked.slice(0, from) + '*'.repeat(to - from) + masked.slice(to);
  }
  return masked;
}

export function createSource(file: string, text: string): Source {
  const starts = lineStarts(text);
  const hidden: Range[] = [];
  return {
    file,
    text,
    hide: (range) => void hidden.push(range),
    locate({ start, end }) {
      const offset = Math.min(Math.max(start, 0), text.length);
      const line = lineOf(starts, offset);
      const lineStart = starts[line] ?? 0;
      const lineText = withoutBreak(text.slice(lineStart, starts[line + 1] ?? text.length));
      const column = Math.min(offset - lineStart, lineText.length);
      return {
        file,
        line: line + 1,
        column: column + 1,
        length: Math.max(1, Math.min(end - offset, lineText.length - column)),
        text: mask(lineText, lineStart, hidden),
      };
    },
  };
}
