import { suggest } from '../../diagnostics/suggest.ts';
import { isMap } from '../data.ts';
import type { DataMap } from '../data.ts';
import type { JsonSchema } from '../mode.ts';
import type { Path } from '../path.ts';
import { quote } from '../quote.ts';
import { children, schemaAt } from '../schema/schema-at.ts';
import type { ValueProblem } from '../values/value-problem.ts';
import type { FleetBase } from './base.ts';
import { sharedSections } from './base.ts';
import { indexKey } from './node.ts';

/** What a column of a table says of each node. */
export interface Column {
  /** As a row has it: `['labels', 'site']`. */
  readonly path: Path;
  readonly read: (cell: string) => unknown;
}

type Read = Column['read'];

const number: Read = (cell) => (/^-?\d{1,15}$/.test(cell) ? Number(cell) : cell);
const truth: Read = (cell) => (cell === 'true' || cell === 'false' ? cell === 'true' : cell);
const list: Read = (cell) => cell.split(';').map((item) => item.trim());
const text: Read = (cell) => cell;
/** A text, or a list of them where there are several. */
const oneOrMany: Read = (cell) => (cell.includes(';') ? list(cell) : cell);

const readers: Readonly<Record<string, Read>> = {
  integer: number,
  number,
  boolean: truth,
  array: list,
  string: text,
};

const configPath = (path: Path, { nodeKeys }: FleetBase): Path =>
  nodeKeys.has(String(path[0])) ? ['node', ...path] : path;

/** The parts of a column's name; a key that may be any has its dots: `labels.example.com/rack`. */
function pathOf(name: string, base: FleetBase): Path {
  const parts = name.split('.');
  const path: string[] = [];
  while (parts.length > 0) {
    const schema =
      path.length === 0 ? undefined : schemaAt(base.checker.schema, configPath(path, base), base.data);
    const free = isMap(schema?.['additionalProperties']);
    path.push(free ? parts.splice(0).join('.') : (parts.shift() ?? ''));
  }
  return path;
}

function* columnsBelow(schema: JsonSchema | undefined, prefix: string, depth: number): Generator<string> {
  for (const [key, child] of Object.entries(children(schema, 'properties'))) {
    const name = `${prefix}${key}`;
    if (child['type'] !== 'object') yield name;
    if (depth > 0) yield* columnsBelow(child, `${name}.`, depth - 1);
  }
}

/** The names of all columns that there can be, but for those with a key of the user's. */
function known(base: FleetBase): string[] {
  const { checker, data, nodeKeys } = base;
  const sections = Object.keys(children(checker.schema, 'properties')).filter(
    (name) => name !== 'node' && !sharedSections.has(name),
  );
  const below = (path: Path, prefix: string) => [
    ...columnsBelow(schemaAt(checker.schema, path, data), prefix, 1),
  ];
  return [
    indexKey,
    ...nodeKeys,
    ...below(['node', 'ip'], 'ip.'),
    ...sections.flatMap((section) => below([section], `${section}.`)),
  ];
}

function unknown(name: string, base: FleetBase): ValueProblem {
  const names = known(base);
  const last = names.filter((candidate) => candidate.split('.').at(-1) === name);
  const near = last.length === 1 ? last[0] : suggest(name, names);
  const hint =
    near === undefined
      ? 'columns are called as in the config: `name`, `labels.site`, `ip.address`, `network.podCIDR`'
      : `did you mean ${quote(near)}?`;
  return { code: 'config/unknown-key', message: `unknown column ${quote(name)}`, hint };
}

/** What a column's name stands for, or what is wrong with it. */
export function columnOf(name: string, base: FleetBase): Column | ValueProblem {
  if (name === indexKey) return { path: [name], read: number };
  const path = pathOf(name, base);
  const head = String(path[0]);
  if (sharedSections.has(head))
    return {
      code: 'config/unknown-key',
      message: `${quote(head)} is the same for all nodes of a fleet`,
      hint: 'write it in the config',
    };
  const schema =
    head === 'node' ? undefined : schemaAt(base.checker.schema, configPath(path, base), base.data);
  if (schema === undefined) return unknown(name, base);
  const types: readonly unknown[] = [schema['type'] ?? 'string'].flat();
  const type = types.find((candidate) => candidate === 'string') ?? types[0];
  const one = typeof type === 'string' ? readers[type] : undefined;
  const read = one === text && types.includes('array') ? oneOrMany : one;
  if (read !== undefined) return { path, read };
  const inner = Object.keys(children(schema, 'properties'))[0] ?? 'site';
  return {
    code: 'config/type',
    message: `${quote(name)} has keys of its own: a column is for one of them`,
    hint: `write a column like ${quote(`${name}.${inner}`)}, or take JSON instead of CSV`,
  };
}

/** A row's data with a value at a path. */
export function withValue(data: DataMap, [key, ...rest]: Path, value: unknown): DataMap {
  if (key === undefined) return data;
  const below = data[key];
  return { ...data, [key]: rest.length === 0 ? value : withValue(isMap(below) ? below : {}, rest, value) };
}
