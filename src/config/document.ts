import { byPlace } from '../diagnostics/diagnostic.ts';
import type { Diagnostic, SourceLocation } from '../diagnostics/diagnostic.ts';
import { checkStrings } from './check-strings.ts';
import { conform, maxProblems } from './conform.ts';
import { isMap, type DataMap } from './data.ts';
import { hideSecrets } from './hide-secrets.ts';
import type { JsonSchema } from './mode.ts';
import { formatPath, type Path } from './path.ts';
import type { Problem } from './problem.ts';
import type { Positions } from './source/positions.ts';
import { readYaml } from './source/read-yaml.ts';
import { createSource, type Source } from './source/source.ts';
import { compile, type Validate } from './validator.ts';

/** A schema with its check. To make the check takes longer than to read a config. */
export interface Checker {
  readonly schema: JsonSchema;
  readonly validate: Validate;
}

export function createChecker(schema: JsonSchema): Checker {
  return { schema, validate: compile(schema) };
}

/** A YAML file, read and checked as far as its own schema goes. */
export interface Document {
  /** As it is written; undefined when it is no map, or none that YAML can read. */
  readonly raw: DataMap | undefined;
  /** With defaults and without what was wrong; undefined when nothing could be kept. */
  readonly data: unknown;
  /** Whether the file itself has a path. */
  readonly written: (path: Path) => boolean;
  readonly locate: (path: Path, target?: 'key' | 'value') => SourceLocation;
  /** Adds a problem to the others. */
  readonly report: (problem: Problem) => void;
  /** All that was reported, in the order of the file, no more than anybody reads. */
  readonly diagnostics: () => readonly Diagnostic[];
}

function toDiagnostic(
  { path, target, range, ...rest }: Problem,
  source: Source,
  positions: Positions,
): Diagnostic {
  return { ...rest, path: formatPath(path), location: source.locate(range ?? positions.point(path, target)) };
}

/** A YAML file with the places of all that is in it, before any schema has looked at it. */
export interface WrittenFile {
  readonly source: Source;
  readonly positions: Positions;
  readonly data: unknown;
  /** The text made no sense, so that `data` says nothing. */
  readonly broken: boolean;
  readonly report: (problem: Problem) => void;
  /** All that was reported, in the order of the file, no more than anybody reads. */
  readonly diagnostics: () => readonly Diagnostic[];
}

/** Reads a YAML file. What is secret by this schema is shown in no message. */
export function readWritten(text: string, file: string, what: string, schema: JsonSchema): WrittenFile {
  const source = createSource(file, text.replace(/^\ufeff/, ''));
  const { data, positions, problems, broken } = readYaml(source);
  const found: Diagnostic[] = [];
  const report = (problem: Problem) => void found.push(toDiagnostic(problem, source, positions));
  if (!broken) hideSecrets(source, positions, schema, data);
  for (const { range, ...problem } of problems) {
    found.push({ ...problem, severity: 'error', location: source.locate(range) });
  }
  if (!broken && (data === null || data === undefined)) {
    const needed = [schema['required']].flat().map((key) => `\`${String(key)}\``);
    const hint = `it needs at least ${needed.join(', ')}`;
    report({
      path: [],
      target: 'key',
      severity: 'error',
      code: 'config/empty',
      message: `${what} is empty`,
      hint,
    });
  }
  return { source, positions, data, broken, report, diagnostics: () => limit(found.toSorted(byPlace)) };
}

/**
 * Reads a YAML file and checks it by its schema. `what` names the file in a message, e.g. `the config`; `complete` adds
 * what is said elsewhere.
 */
export function readDocument(
  text: string,
  file: string,
  what: string,
  { schema, validate }: Checker,
  complete: (written: DataMap) => DataMap = (written) => written,
): Document {
  const { source, positions, data, broken, report, diagnostics } = readWritten(text, file, what, schema);
  let kept: unknown;
  if (!broken && data !== null && data !== undefined) {
    const conformed = conform(isMap(data) ? complete(data) : data, schema, validate);
    kept = conformed.data;
    const strings = checkStrings(source, positions, schema, data);
    for (const problem of [...conformed.problems, ...strings]) {
      if (!positions.isSpoiled(problem.path)) report(problem);
    }
  }
  return {
    raw: isMap(data) ? data : undefined,
    data: kept,
    written: (path) => positions.has(path),
    locate: (path, target) => source.locate(positions.point(path, target)),
    report,
    diagnostics,
  };
}

function limit(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  if (diagnostics.length <= maxProblems) return diagnostics;
  const message = 'there are more problems than these: correct them first';
  const last: Diagnostic = { severity: 'error', code: 'config/too-many', message };
  return [...diagnostics.slice(0, maxProblems), last];
}
