import { differences } from './differences.ts';
import type { Difference } from './differences.ts';
import { factsOf, titleOf } from './kinds.ts';
import { isOurs } from './object.ts';
import type { FoundObject, WantedObject } from './object.ts';

/** What has to happen to one object. Some fields can't be changed in place, so `replace` deletes and creates. */
export type Change =
  | { readonly action: 'create'; readonly wanted: WantedObject }
  | { readonly action: 'keep'; readonly wanted: WantedObject; readonly found: FoundObject }
  | {
      readonly action: 'change' | 'replace';
      readonly wanted: WantedObject;
      readonly found: FoundObject;
      readonly differences: readonly Difference[];
    }
  | { readonly action: 'delete'; readonly found: FoundObject };

/** An object that has a name of ours and other contents, and was not made by flexgen: nothing is done to it. */
export interface Foreign {
  readonly wanted: WantedObject;
  readonly found: FoundObject;
}

function changed(wanted: WantedObject, found: FoundObject): readonly Difference[] {
  const all = [
    ...differences(wanted.content, found.content),
    // What others have made needs no label of ours to be as good.
    ...(isOurs(found) ? differences(wanted.labels, found.labels, 'metadata.labels') : []),
  ];
  return wanted.kind === 'Secret' ? all.map(({ path }) => ({ path, was: null, wanted: null })) : all;
}

/** What has to happen for `wanted`. */
export function compare(wanted: WantedObject, found: FoundObject | undefined): Change {
  if (found === undefined) return { action: 'create', wanted };
  const fields = changed(wanted, found);
  if (fields.length === 0) return { action: 'keep', wanted, found };
  const { immutable } = factsOf(wanted.kind);
  const fixed = fields.some(({ path }) =>
    immutable.some((field) => path === field || path.startsWith(`${field}.`)),
  );
  return { action: fixed ? 'replace' : 'change', wanted, found, differences: fields };
}

/** What makes the cluster as it is wanted, and what stands in the way. `found` is by `titleOf`. */
export function diff(
  wanted: readonly WantedObject[],
  found: ReadonlyMap<string, FoundObject>,
): { readonly changes: readonly Change[]; readonly foreign: readonly Foreign[] } {
  const changes: Change[] = [];
  const foreign: Foreign[] = [];
  for (const object of wanted) {
    const change = compare(object, found.get(titleOf(object)));
    if ((change.action === 'change' || change.action === 'replace') && !isOurs(change.found)) {
      foreign.push({ wanted: object, found: change.found });
    } else changes.push(change);
  }
  return { changes, foreign };
}
