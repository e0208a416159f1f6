import { CsvError, parse } from 'csv-parse/sync';
import type { Diagnostic, Result, SourceLocation } from '../../diagnostics/diagnostic.ts';
import { ok } from '../../diagnostics/diagnostic.ts';
import type { DataMap } from '../data.ts';
import { formatPath } from '../path.ts';
import type { Path } from '../path.ts';
import { quote } from '../quote.ts';
import type { ValueProblem } from '../values/value-problem.ts';
import type { FleetBase } from './base.ts';
import { columnOf, withValue } from './columns.ts';
import type { Column } from './columns.ts';
import { maySecret } from './mask.ts';
import type { Row } from './row.ts';

interface Record {
  readonly cells: readonly string[];
  /** Its first line, from 1. */
  readonly line: number;
}

const delimiters = [',', ';', '\t'] as const;

/** What stands between the cells: Excel writes semicolons where the comma is for decimals. */
const delimiterOf = (header: string): string =>
  delimiters.reduce<string>(
    (best, one) => (header.split(one).length > header.split(best).length ? one : best),
    ',',
  );

interface Parsed {
  readonly record: string[];
  readonly info: { readonly lines: number };
}

/** What `info` makes of each record, which the package's types don't say. */
const isParsed = (value: unknown): value is Parsed =>
  typeof value === 'object' && value !== null && 'record' in value && 'info' in value;

/** RFC 4180's records; lines with nothing on them are none. */
function recordsOf(text: string, delimiter: string): readonly Record[] {
  const options = {
    delimiter,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
  } as const;
  const parsed: readonly unknown[] = parse(text, options);
  return parsed.filter(isParsed).map(({ record, info }) => {
    const breaks = record.reduce((count, cell) => count + cell.split('\n').length - 1, 0);
    return { cells: record, line: info.lines - breaks };
  });
}

/** A place in the table: one cell of a record, or all of it. */
function place(
  file: string,
  line: string,
  { cells, line: number }: Record,
  names: readonly string[],
  cell: number | null,
): SourceLocation {
  const hidden = cells.map((value, index) =>
    maySecret(names[index] ?? 'auth', value) ? '*'.repeat(value.length) : value,
  );
  // Quoted cells are shown as they are read: what is secret must not show.
  const shown = hidden.some((value, index) => value !== cells[index]) ? hidden.join(',') : line;
  const before =
    cell === null
      ? ''
      : hidden
          .slice(0, cell)
          .map((value) => `${value},`)
          .join('');
  const value = cell === null ? shown : (hidden[cell] ?? '');
  const exact = cell !== null && shown.startsWith(before) && shown.startsWith(value, before.length);
  return {
    file,
    line: number,
    column: exact ? before.length + 1 : 1,
    length: Math.max(1, exact ? value.length : shown.length),
    text: shown,
  };
}

const failed = (errors: readonly Diagnostic[]) => ({ ok: false, errors }) as const;

function isColumn(column: Column | ValueProblem): column is Column {
  return 'path' in column;
}

/** The column that says what is at a path of a row. */
function cellOf(path: Path, columns: readonly (Column | null)[]): number | null {
  const id = formatPath(path);
  const found = columns.findIndex((column) => column !== null && id.startsWith(formatPath(column.path)));
  return path.length === 0 || found === -1 ? null : found;
}

/** The rows of a table: its first line names what each column says; an empty cell says nothing. */
export function csvRows(written: string, file: string, base: FleetBase): Result<readonly Row[]> {
  const text = written.replace(/\r\n?/g, '\n');
  const lines = text.split('\n');
  const delimiter = delimiterOf(lines.find((line) => line.trim() !== '') ?? '');
  let records: readonly Record[];
  try {
    records = recordsOf(text, delimiter);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // Its words may quote a cell.
    const line = Number(error['lines'] ?? 1);
    const hint = 'a cell with a quote in it is written in quotes, with each inner one doubled: `"a ""b"""`';
    const location = { file, line, column: 1, length: 1, text: '' };
    return failed([
      {
        severity: 'error',
        code: 'fleet/csv',
        message: `this is no CSV from line ${line} on`,
        hint,
        location,
      },
    ]);
  }
  const [header, ...rows] = records;
  if (header === undefined)
    return failed([
      {
        severity: 'error',
        code: 'fleet/csv',
        message: `${file} is empty`,
        hint: 'its first line names the columns: `name,labels.site`',
      },
    ]);
  const problems: Diagnostic[] = [];
  const names = header.cells;
  const lineAt = ({ line }: Record): string => lines[line - 1] ?? '';
  const plain = names.map(() => 'name');
  const headerPlace = (cell: number | null) => place(file, lineAt(header), header, plain, cell);
  const columns = names.map((name, index) => {
    const twice = names.indexOf(name) < index;
    const column = twice
      ? { code: 'config/duplicate-key', message: `there are two columns ${quote(name)}`, hint: 'keep one' }
      : columnOf(name, base);
    if (isColumn(column)) return column;
    problems.push({ severity: 'error', ...column, location: headerPlace(index) });
    return null;
  });
  if (!names.includes('name') && !base.derived.some(([path]) => formatPath(path) === 'node.name')) {
    problems.push({
      severity: 'error',
      code: 'fleet/column',
      message: 'there is no column `name`',
      hint: 'add it, or write `node: {name: "edge-{index}"}` in the config',
      location: headerPlace(null),
    });
  }
  for (const record of rows) {
    if (record.cells.length === names.length) continue;
    problems.push({
      severity: 'error',
      code: 'fleet/csv',
      message: `this row has ${record.cells.length} cells, and the first line has ${names.length}`,
      hint: 'write a cell for each column, even if it is empty',
      location: place(file, lineAt(record), record, names, null),
    });
  }
  if (problems.length > 0) return failed(problems);
  return ok(
    rows.map((record, index) => {
      let data: DataMap = {};
      for (const [cell, column] of columns.entries()) {
        const value = record.cells[cell] ?? '';
        if (column !== null && value !== '') data = withValue(data, column.path, column.read(value));
      }
      return {
        data,
        at: ['nodes', index],
        locate: (path) => place(file, lineAt(record), record, names, cellOf(path, columns)),
      };
    }),
  );
}
