import { byPlace } from '../../diagnostics/diagnostic.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { maxProblems } from '../conform.ts';
import { formatPath } from '../path.ts';
import type { Row } from './row.ts';
import { number } from '../../diagnostics/number.ts';

interface Shared {
  readonly diagnostic: Diagnostic;
  /** The nodes that have it, no more of them than anybody reads. */
  readonly rows: Row[];
  count: number;
}

/** What is wrong with the nodes of a fleet: that of all of them is said once, the rest for each node. */
export interface Gathered {
  add(row: Row, diagnostics: readonly Diagnostic[]): void;
  /** Whether anything that was added is an error. */
  readonly failed: () => boolean;
  /** Everything, given how many nodes were looked at. */
  readonly diagnostics: (nodes: number) => readonly Diagnostic[];
}

const keyOf = ({ code, message, location, path }: Diagnostic): string =>
  JSON.stringify([code, message, path, location?.line, location?.column]);

function isOwn({ path = '' }: Diagnostic, { at, data }: Row): boolean {
  const own = formatPath(at);
  return path.startsWith(own) && Object.keys(data).length > 0;
}

/** `105, 107–230`: the lines that are left out, so that each can be found. */
function linesOf(diagnostics: readonly Diagnostic[]): string {
  const lines = [...new Set(diagnostics.flatMap(({ location }) => location?.line ?? []))].toSorted(
    (a, b) => a - b,
  );
  const runs: [number, number][] = [];
  for (const line of lines) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === line - 1) last[1] = line;
    else runs.push([line, line]);
  }
  return runs.map(([from, to]) => (from === to ? from : `${from}–${to}`)).join(', ');
}

/** No more than anybody reads, and the lines of the rest. */
function limit(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  if (diagnostics.length <= maxProblems) return diagnostics;
  const rest = diagnostics.slice(maxProblems);
  const lines = linesOf(rest);
  const message = `there are ${number(rest.length)} more problems than these${lines === '' ? '' : `, in lines ${lines}`}`;
  return [
    ...diagnostics.slice(0, maxProblems),
    { severity: 'error', code: 'config/too-many', message, hint: 'correct the first of them and try again' },
  ];
}

const titleOf = ({ data, at }: Row): string =>
  typeof data['name'] === 'string' ? data['name'] : `node ${Number(at.at(-1) ?? 0) + 1}`;

/** A problem that all have in one place, as that of one node. */
const moved = (diagnostic: Diagnostic, row: Row): Diagnostic => ({
  ...diagnostic,
  message: `${titleOf(row)}: ${diagnostic.message}`,
  path: formatPath(row.at),
  location: row.locate([], 'value'),
});

export function gather(): Gathered {
  const own: Diagnostic[] = [];
  const shared = new Map<string, Shared>();
  let failed = false;
  return {
    add(row, diagnostics) {
      for (const diagnostic of diagnostics) {
        if (diagnostic.severity === 'error') failed = true;
        if (isOwn(diagnostic, row)) {
          own.push(diagnostic);
          continue;
        }
        const key = keyOf(diagnostic);
        const known = shared.get(key) ?? { diagnostic, rows: [], count: 0 };
        known.count++;
        known.rows.push(row);
        shared.set(key, known);
      }
    },
    failed: () => failed,
    diagnostics(nodes) {
      const all = [...shared.values()].filter(({ count }) => count === nodes);
      const some = [...shared.values()].filter(({ count }) => count !== nodes);
      const placed = some.flatMap(({ diagnostic, rows }) => rows.map((row) => moved(diagnostic, row)));
      return limit([...all.map(({ diagnostic }) => diagnostic), ...[...placed, ...own].toSorted(byPlace)]);
    },
  };
}
