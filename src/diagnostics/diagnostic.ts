/** What can be wrong with an input, as data. One place prints it: `src/cli/print.ts`. */

type Severity = 'error' | 'warning';

/** A place in a text that the user wrote. `line` and `column` count from 1; `length` is in UTF-16 units. */
export interface SourceLocation {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly length: number;
  /** The whole source line, without its line break, for the printer to show above the caret. */
  readonly text: string;
}

export interface Diagnostic {
  readonly severity: Severity;
  /** `area/what`, stable across releases, e.g. `config/unknown-key`. */
  readonly code: string;
  /** What is wrong, one sentence without a full stop, never holding a secret. */
  readonly message: string;
  /** What to do about it. */
  readonly hint?: string;
  /** What the message sums up: names and amounts, for a reader who wants to know which. */
  readonly table?: readonly (readonly [name: string, amount: string])[];
  /** The config path, e.g. `node.labels.site` or `nodes[3].name`. */
  readonly path?: string;
  readonly location?: SourceLocation;
}

/** The order of their file; what has no place comes first. */
export const byPlace = ({ location: a }: Diagnostic, { location: b }: Diagnostic): number =>
  (a?.line ?? 0) - (b?.line ?? 0) || (a?.column ?? 0) - (b?.column ?? 0);

/** Success with warnings, or every problem at once. */
export type Result<T> =
  | { readonly ok: true; readonly value: T; readonly warnings: readonly Diagnostic[] }
  | { readonly ok: false; readonly errors: readonly Diagnostic[] };

export function ok<T>(value: T, warnings: readonly Diagnostic[] = []): Result<T> {
  return { ok: true, value, warnings };
}

/** Fails for one reason. */
export const refused = (error: Omit<Diagnostic, 'severity'>) =>
  ({ ok: false, errors: [{ severity: 'error', ...error }] }) as const;

/** Fails with the errors among `diagnostics`, or succeeds with the rest as warnings. */
export function settle<T>(value: T, diagnostics: readonly Diagnostic[]): Result<T> {
  return diagnostics.some((d) => d.severity === 'error')
    ? { ok: false, errors: diagnostics }
    : ok(value, diagnostics);
}
