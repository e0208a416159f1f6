import { isMap } from '../data.ts';
import type { DataMap } from '../data.ts';
import type { Path } from '../path.ts';

/**
 * `over` laid over `base`, map by map; neither is changed. What `isWhole` says of is replaced as a whole: a map of which
 * only one key may be there.
 */
export function overlay(
  base: DataMap,
  over: DataMap,
  isWhole: (path: Path) => boolean,
  path: Path = [],
): DataMap {
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const below = merged[key];
    const at = [...path, key];
    merged[key] = isMap(below) && isMap(value) && !isWhole(at) ? overlay(below, value, isWhole, at) : value;
  }
  return merged;
}

function replacedValue(data: unknown, path: Path, value: unknown): unknown {
  const [segment, ...rest] = path;
  if (segment === undefined) return value;
  if (Array.isArray(data)) {
    const copy: unknown[] = [...data];
    copy[Number(segment)] = replacedValue(copy[Number(segment)], rest, value);
    return copy;
  }
  return isMap(data) ? replaced(data, path, value) : data;
}

/** A copy of `data` with another value at a path, all of which is there. */
export function replaced(data: DataMap, [key, ...rest]: Path, value: unknown): DataMap {
  return key === undefined ? data : { ...data, [key]: replacedValue(data[key], rest, value) };
}
