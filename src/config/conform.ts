import type { DataMap } from './data.ts';
import type { JsonSchema } from './mode.ts';
import type { Path } from './path.ts';
import { pathOf } from './error-path.ts';
import type { Problem } from './problem.ts';
import { translate } from './schema-problems.ts';
import type { Validate } from './validator.ts';

/** `data` as the schema wants it, with every problem that there was. */
export interface Conformed {
  /** With defaults, and without the parts that were wrong; undefined when nothing could be kept. */
  readonly data: DataMap | undefined;
  readonly problems: readonly Problem[];
}

/** Nobody reads more, and the search for a key that may be meant takes time. */
export const maxProblems = 100;

type Container = Record<string | number, unknown>;

const isContainer = (value: unknown): value is Container => typeof value === 'object' && value !== null;

/** Takes out what stands at `path`; for an item of a list the whole list, so that the others keep their numbers. */
function remove(data: Container, path: Path): boolean {
  const length = path.findIndex((segment) => typeof segment === 'number');
  const target = length === -1 ? path : path.slice(0, length);
  const key = target.at(-1);
  if (key === undefined) return false;
  const parent = target
    .slice(0, -1)
    .reduce<unknown>((at, segment) => (isContainer(at) ? at[segment] : undefined), data);
  if (!isContainer(parent) || !Object.hasOwn(parent, key)) return false;
  return delete parent[key];
}

/** YAML's data is a tree of maps, lists and scalars: this is ten times as fast as `structuredClone`. */
function copyOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyOf);
  if (!isContainer(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copyOf(item)]));
}

/**
 * Checks `data` against the schema. What is wrong is taken out and the rest checked again, until it holds: so that the
 * semantic rules can look at all of the file that makes sense, and everything is reported at once.
 */
export function conform(original: unknown, schema: JsonSchema, validate: Validate): Conformed {
  const data = copyOf(original);
  const first = validate(data);
  const problems = first.slice(0, maxProblems + 1).map((error) => translate(error, schema, data));
  let errors = first;
  while (errors.length > 0) {
    if (!isContainer(data) || Array.isArray(data)) return { data: undefined, problems };
    const paths = errors.map((error) => {
      const { path } = pathOf(error, data);
      const { additionalProperty } = error.params;
      return error.keyword === 'additionalProperties' ? path.concat(String(additionalProperty)) : path;
    });
    const removed = paths.map((path) => remove(data, path));
    // Only keys that the top level lacks are left: nothing can be taken out for them.
    if (!removed.includes(true)) break;
    errors = validate(data);
  }
  return { data: isContainer(data) ? data : undefined, problems };
}
