import type { SourceLocation } from '../../diagnostics/diagnostic.ts';
import { isMap } from '../data.ts';
import type { DataMap } from '../data.ts';
import type { Path } from '../path.ts';

/** What is said of one node of a fleet alone: an item of the config's `nodes`, or of another list. */
export interface Row {
  /** Keys of `node` as they are, whole sections beside them. */
  readonly data: DataMap;
  /** Its place in the fleet, e.g. `['nodes', 6]`. */
  readonly at: Path;
  /** Where a path of `data` stands; the empty one is the row itself. */
  readonly locate: (path: Path, target: 'key' | 'value') => SourceLocation;
}

/** The value at a path, if all of it is there. */
export function valueAt(data: unknown, path: Path): { readonly value: unknown } | undefined {
  let value = data;
  for (const segment of path) {
    if (Array.isArray(value) && typeof segment === 'number' && segment < value.length) value = value[segment];
    else if (isMap(value) && Object.hasOwn(value, segment)) value = value[segment];
    else return undefined;
  }
  return { value };
}
