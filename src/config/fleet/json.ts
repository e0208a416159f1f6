import type { Diagnostic, Result, SourceLocation } from '../../diagnostics/diagnostic.ts';
import { ok, refused } from '../../diagnostics/diagnostic.ts';
import { isMap } from '../data.ts';
import { lineMaySecret } from './mask.ts';
import type { Row } from './row.ts';

const failed = (message: string, hint: string, location: SourceLocation) =>
  refused({ code: 'fleet/json', message, hint, location });

/** Where each value of a list that is JSON begins. */
function itemStarts(text: string): readonly number[] {
  const starts: number[] = [];
  let depth = 0;
  let awaited = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? '';
    if (/\s/.test(char)) continue;
    if (awaited && char !== ']') {
      starts.push(at);
      awaited = false;
    }
    if (char === '"') {
      for (at++; at < text.length && text[at] !== '"'; at++) if (text[at] === '\\') at++;
    } else if (char === '[' || char === '{') {
      depth++;
      awaited = depth === 1;
    } else if (char === ']' || char === '}') depth--;
    else if (char === ',' && depth === 1) awaited = true;
  }
  return starts;
}

function locationAt(text: string, file: string, offset: number): SourceLocation {
  const before = text.slice(0, offset).split('\n');
  const whole = text.slice(offset - (before.at(-1)?.length ?? 0)).split('\n', 1)[0] ?? '';
  const column = (before.at(-1)?.length ?? 0) + 1;
  const shown = lineMaySecret(whole) ? '' : whole.trimEnd();
  return { file, line: before.length, column, length: 1, text: shown };
}

/** Where a parser of JSON gave up, as V8 says it. */
const offsetIn = (error: SyntaxError): number => Number(/at position (\d+)/.exec(error.message)?.[1] ?? 0);

function parsed(text: string): { readonly value: unknown } | SyntaxError {
  try {
    const value: unknown = JSON.parse(text);
    return { value };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return error;
  }
}

interface Item {
  readonly value: unknown;
  readonly locate: () => SourceLocation;
}

/** One value in each line, as `jq -c` writes it. */
function lineItems(text: string, file: string): Result<readonly Item[]> {
  const items: Item[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const locate = (): SourceLocation => ({
      ...locationAt(line, file, 0),
      line: index + 1,
      length: Math.max(1, line.length),
    });
    const result = parsed(line);
    if (result instanceof SyntaxError)
      return failed('this line is no JSON', 'write one object in each line, or one list', locate());
    items.push({ value: result.value, locate });
  }
  return ok(items);
}

function listItems(text: string, file: string): Result<readonly Item[]> {
  const result = parsed(text);
  if (result instanceof SyntaxError)
    return failed(
      'this is no JSON',
      'it breaks off or is wrong here',
      locationAt(text, file, offsetIn(result)),
    );
  let starts: readonly number[] | undefined;
  const list: readonly unknown[] = Array.isArray(result.value) ? result.value : [];
  return ok(
    list.map((value, index) => ({
      value,
      // Looked for only when there is something to say.
      locate: () => locationAt(text, file, (starts ??= itemStarts(text))[index] ?? 0),
    })),
  );
}

/** The rows of a list of objects, or of one object in each line. */
export function jsonRows(text: string, file: string): Result<readonly Row[]> {
  const items = text.trimStart().startsWith('[') ? listItems(text, file) : lineItems(text, file);
  if (!items.ok) return items;
  const wrong = items.value.filter(({ value }) => !isMap(value));
  if (wrong.length > 0) {
    const errors = wrong.map(({ locate }): Diagnostic => {
      return {
        severity: 'error',
        code: 'fleet/json',
        message: 'a node is an object',
        hint: 'write `{"name": "edge-01"}`',
        location: locate(),
      };
    });
    return { ok: false, errors };
  }
  return ok(
    items.value.flatMap(({ value, locate }, index) =>
      isMap(value) ? [{ data: value, at: ['nodes', index], locate }] : [],
    ),
  );
}

/** Whether a text looks like JSON rather than a table. */
export const isJson = (text: string): boolean => /^\s*[[{]/.test(text);
