import { isMap } from '../data.ts';
import type { DataMap } from '../data.ts';
import type { Path } from '../path.ts';

/** What a text of a fleet's config may hold of each node. */
export interface Derived {
  /** The node's number. */
  readonly index: number;
  /** Its name; undefined while that is made itself. */
  readonly name?: string;
}

const placeholder = /\{(?:name|index(?::([1-9]))?)\}/g;

/** Whether a text is another one for each node. */
export const isDerived = (value: unknown): value is string =>
  typeof value === 'string' && value.search(placeholder) !== -1;

/** The text for this node: `{index}` is its number, `{index:3}` the same with three digits or more, `{name}` its name. */
export function derive(text: string, { index, name }: Derived): string {
  return text.replace(placeholder, (written, digits: string | undefined) =>
    written === '{name}' ? (name ?? written) : String(index).padStart(Number(digits ?? 1), '0'),
  );
}

/** Every text below a value that is another one for each node, with its path. */
export function* derivedIn(value: unknown, path: Path = []): Generator<readonly [Path, string]> {
  if (isDerived(value)) yield [path, value];
  else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* derivedIn(item, [...path, index]);
  } else if (isMap(value)) {
    for (const [key, item] of Object.entries(value)) yield* derivedIn(item, [...path, key]);
  }
}

/** A value with all of its texts as they are for this node. */
function deriveValue(value: unknown, derived: Derived): unknown {
  if (typeof value === 'string') return value.includes('{') ? derive(value, derived) : value;
  if (Array.isArray(value)) return value.map((item) => deriveValue(item, derived));
  return isMap(value) ? deriveAll(value, derived) : value;
}

/** A map with all of its texts as they are for this node. */
export const deriveAll = (map: DataMap, derived: Derived): DataMap =>
  Object.fromEntries(Object.entries(map).map(([key, item]) => [key, deriveValue(item, derived)]));
