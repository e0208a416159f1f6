import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import { suggest } from '../../diagnostics/suggest.ts';
import { conform } from '../conform.ts';
import { isMap } from '../data.ts';
import type { DataMap } from '../data.ts';
import type { Document } from '../document.ts';
import { specOf } from '../load.ts';
import type { Definitions, LoadedOf } from '../load.ts';
import { formatPath } from '../path.ts';
import type { Path } from '../path.ts';
import type { Problem } from '../problem.ts';
import { quote } from '../quote.ts';
import { schemaAt } from '../schema/schema-at.ts';
import { podPath, sharedSections } from './base.ts';
import type { FleetBase } from './base.ts';
import { valueChecker } from './check-values.ts';
import { derive, deriveAll } from './derive.ts';
import { overlay, replaced } from './merge.ts';
import { podBlock, podRange, rangesOf } from './pod-ranges.ts';
import { valueAt } from './row.ts';
import type { Row } from './row.ts';

/** Reads the nodes of a fleet, one by one; `place` counts from 0. */
export type NodeReader<D extends Definitions> = (row: Row, place: number) => Result<LoadedOf<D>>;

/** The key of a row that is its number. */
export const indexKey = 'index';

/** The number of a node: what its row says, else its place. */
export function indexOf({ data }: Row, place: number): number {
  const written = data[indexKey];
  return typeof written === 'number' ? written : place + 1;
}

/** A path of the config as the row has it. */
const inRow = (path: Path): Path => (path[0] === 'node' ? path.slice(1) : path);

function unknownKey(key: string, { nodeKeys, checker }: FleetBase): Problem {
  const properties = checker.schema['properties'];
  const sections = Object.keys(isMap(properties) ? properties : {}).filter(
    (name) => !sharedSections.has(name),
  );
  const known = [indexKey, ...nodeKeys, ...sections.filter((name) => name !== 'node')];
  const near = suggest(key, known);
  const shared = sharedSections.has(key);
  return {
    severity: 'error',
    code: 'config/unknown-key',
    path: [key],
    target: 'key',
    message: shared ? `${quote(key)} is the same for all nodes of a fleet` : `unknown key ${quote(key)}`,
    hint: shared
      ? 'write it in the config, beside `nodes`'
      : near === undefined
        ? `known here: ${known.join(', ')}`
        : `did you mean ${quote(near)}?`,
  };
}

/** A row as a part of a config, and what is wrong with its keys. */
function configOf(row: Row, base: FleetBase, report: (problem: Problem) => void): DataMap {
  const node: Record<string, unknown> = {};
  const sections: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(row.data)) {
    if (base.nodeKeys.has(key)) node[key] = value;
    else if (key === indexKey) {
      if (typeof value === 'number' && Number.isSafeInteger(value) && value > 0) continue;
      const message = `${quote(indexKey)} is a whole number from 1`;
      report({ severity: 'error', code: 'config/fleet', path: [key], target: 'value', message });
    } else if (key === 'node' || sharedSections.has(key) || !isSection(base, key))
      report(unknownKey(key, base));
    else sections[key] = value;
  }
  return Object.keys(node).length === 0 ? sections : { node, ...sections };
}

function isSection({ checker }: FleetBase, key: string): boolean {
  const properties = checker.schema['properties'];
  return isMap(properties) && Object.hasOwn(properties, key);
}

/** The range that is carved from a block for the node with this number; what is no block is no range of ours. */
function carved(written: unknown, index: number, report: (problem: Problem) => void): unknown {
  const block = podBlock(written);
  if (block === undefined) return written;
  const range = podRange(block, index);
  if (range !== undefined) return range;
  report({
    severity: 'error',
    code: 'config/fleet',
    path: podPath,
    target: 'value',
    message: `the block ${quote(block.text)} has ${rangesOf(block)} ranges of /${block.size}, and this node’s number is ${index}`,
    hint: 'take a larger block, or smaller ranges',
  });
  // The first one has the same form: no more is said of it.
  return podRange(block, 1);
}

/** A node with ranges of its own in the place of blocks. */
function withPods(merged: DataMap, index: number, report: (problem: Problem) => void): DataMap {
  const written = valueAt(merged, podPath)?.value;
  if (written === undefined || typeof written === 'string') return merged;
  const ranges = Array.isArray(written)
    ? written.map((item: unknown) => carved(item, index, report))
    : carved(written, index, report);
  return replaced(merged, podPath, ranges);
}

const wrapped = (segment: string | number, inner: unknown): unknown =>
  typeof segment === 'number' ? [inner] : { [segment]: inner };

/** Checks a text that stands in the config itself, as if it were a value of the row. */
function checkOne(check: (values: DataMap) => Problem[], path: Path, text: string): Problem[] {
  const [head, ...rest] = path;
  const value = rest.toReversed().reduce<unknown>((inner, segment) => wrapped(segment, inner), text);
  const problems = check({ [String(head)]: value }).filter(({ target }) => target === 'value');
  return problems.map((problem) => ({ ...problem, path }));
}

/** A reader of the nodes of one fleet. */
export function nodeReader<D extends Definitions>(base: FleetBase<D>): NodeReader<D> {
  const { checker, written, data, derived, definitions, overrides } = base;
  const { schema, validate } = checker;
  const check = valueChecker(schema, data);
  const whole = new Map<string, boolean>();
  // A map of one key, such as where a secret comes from.
  const isWhole = (path: Path): boolean => {
    const id = formatPath(path);
    const known = whole.get(id) ?? schemaAt(schema, path, data)?.['maxProperties'] === 1;
    whole.set(id, known);
    return known;
  };
  const nameOf = (row: Row): unknown => row.data['name'] ?? valueAt(data, ['node', 'name'])?.value;

  return (row, place) => {
    const found: Diagnostic[] = [];
    const locate: Document['locate'] = (path, target = 'value') => {
      const own = inRow(path);
      if (own.length > 0 && valueAt(row.data, own) !== undefined) return row.locate(own, target);
      return written.source.locate(written.positions.point(path, target));
    };
    const at = (path: Path): string =>
      formatPath(valueAt(row.data, inRow(path)) === undefined ? path : [...row.at, ...inRow(path)]);
    const report = ({ path, target, code, severity, message, hint }: Problem): void =>
      void found.push({
        severity,
        code,
        message,
        ...(hint === undefined ? {} : { hint }),
        path: at(path),
        location: locate(path, target),
      });

    const index = indexOf(row, place);
    const name = nameOf(row);
    const known = { index, ...(typeof name === 'string' ? { name: derive(name, { index }) } : {}) };
    const own = deriveAll(configOf(row, base, reportOwn), known);
    let shared = data;
    for (const [path, text] of derived) shared = replaced(shared, path, derive(text, known));
    const merged = withPods(overlay(shared, own, isWhole), index, report);
    const conformed = conform(merged, schema, validate);
    for (const problem of conformed.problems) report(problem);
    const wrong = check(own);
    for (const problem of wrong) report(problem);
    // What is made from a wrong name is wrong too, and nobody need be told.
    for (const [path, text] of wrong.length === 0 ? derived : []) {
      if (valueAt(own, path) === undefined)
        for (const problem of checkOne(check, path, derive(text, known))) report(problem);
    }
    const document: Document = {
      raw: merged,
      data: conformed.data,
      written: (path) => valueAt(merged, path) !== undefined,
      locate,
      report,
      diagnostics: () => found,
    };
    return specOf(document, definitions, overrides);

    function reportOwn({ path, target, ...problem }: Problem): void {
      found.push({ ...problem, path: formatPath([...row.at, ...path]), location: row.locate(path, target) });
    }
  };
}
