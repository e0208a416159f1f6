import { isDeepStrictEqual } from 'node:util';
import { isMap } from '../config/data.ts';
import type { DataMap } from '../config/data.ts';

/** A field that is set otherwise than wanted. */
export interface Difference {
  /** e.g. `spec.template.spec.containers[kube-proxy].image`. */
  readonly path: string;
  readonly was: unknown;
  readonly wanted: unknown;
}

/** Lists whose items have a name of their own: others may add to them, and server-side apply leaves theirs alone. */
const itemNames: Readonly<Record<string, string>> = {
  containers: 'name',
  env: 'name',
  volumes: 'name',
  volumeMounts: 'mountPath',
};

/** Lists whose order has no meaning. */
const unordered = new Set(['subjects']);

const below = (path: string, key: string): string => {
  if (!/^[\w-]+$/.test(key)) return `${path}["${key}"]`;
  return path === '' ? key : `${path}.${key}`;
};

/** The API server orders the keys of an object as it likes. */
const sortable = (value: unknown): string =>
  JSON.stringify(isMap(value) ? Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)) : value);

const sorted = (list: readonly unknown[]): unknown[] =>
  list.toSorted((a, b) => (sortable(a) < sortable(b) ? -1 : 1));

function inList(wanted: readonly unknown[], found: unknown, path: string): Difference[] {
  const whole = [{ path, was: found, wanted }];
  if (!Array.isArray(found)) return whole;
  const items: readonly unknown[] = found;
  const field = /[\w-]+$/.exec(path)?.[0] ?? '';
  const itemName = itemNames[field];
  if (itemName !== undefined) {
    return wanted.flatMap((item) => {
      const name = isMap(item) ? item[itemName] : undefined;
      const same = items.find((it) => isMap(it) && it[itemName] === name);
      return differences(item, same, `${path}[${String(name)}]`);
    });
  }
  const [left, right] = unordered.has(field) ? [sorted(wanted), sorted(items)] : [wanted, items];
  return isDeepStrictEqual(left, right) ? [] : whole;
}

/**
 * What of `wanted` is not so in `found`; what `found` has beside it is a default of the API server or somebody else's.
 *
 * A dry run of the apply would tell the same, defaults included, but to plan would then take the permission to write, and
 * fail where an admission webhook takes no dry runs. So the fields that flexgen sets are compared themselves: they are
 * few, and written as the API server answers them.
 */
export function differences(wanted: unknown, found: unknown, path = ''): readonly Difference[] {
  if (Array.isArray(wanted)) return inList(wanted, found, path);
  if (!isMap(wanted)) return wanted === found ? [] : [{ path, was: found, wanted }];
  if (!isMap(found)) return [{ path, was: found, wanted }];
  const fields: DataMap = found;
  return Object.entries(wanted).flatMap(([key, value]) => differences(value, fields[key], below(path, key)));
}
