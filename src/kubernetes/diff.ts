import { isDeepStrictEqual } from 'node:util';
import type { FoundBinding, Subject, WantedBinding } from './binding.ts';
import { isOurs, rbacGroup } from './binding.ts';
import { renewal } from './bindings.ts';
import type { Grants } from './bindings.ts';

/** What has to happen to one binding. A role can't be changed in place, so `replace` deletes and creates. */
export type Change =
  | { readonly action: 'create'; readonly wanted: WantedBinding }
  | {
      readonly action: 'change' | 'replace' | 'keep';
      readonly wanted: WantedBinding;
      readonly found: FoundBinding;
    }
  | { readonly action: 'delete'; readonly found: FoundBinding };

/** A binding that has a name of ours and other contents, and was not made by flexgen: nothing is done to it. */
export interface Foreign {
  readonly wanted: WantedBinding;
  readonly found: FoundBinding;
}

/** The API server fills in the group of users and groups, and no order has a meaning. */
const keys = (subjects: readonly Subject[]): string[] =>
  subjects
    .map(({ kind, name, namespace = '', apiGroup = kind === 'ServiceAccount' ? '' : rbacGroup }) =>
      JSON.stringify([kind, apiGroup, namespace, name]),
    )
    .toSorted();

const sameRole = (wanted: WantedBinding, { roleRef }: FoundBinding): boolean =>
  isDeepStrictEqual({ ...roleRef }, { apiGroup: rbacGroup, kind: 'ClusterRole', name: wanted.role });

function compare(wanted: WantedBinding, found: FoundBinding | undefined): Change {
  if (found === undefined) return { action: 'create', wanted };
  if (!sameRole(wanted, found)) return { action: 'replace', wanted, found };
  const same = isDeepStrictEqual(keys(wanted.subjects), keys(found.subjects ?? []));
  return { action: same ? 'keep' : 'change', wanted, found };
}

/** What makes the cluster as it is wanted, and what stands in the way. `found` is by name. */
export function diff(
  wanted: readonly WantedBinding[],
  found: ReadonlyMap<string, FoundBinding>,
): { readonly changes: readonly Change[]; readonly foreign: readonly Foreign[] } {
  const changes: Change[] = [];
  const foreign: Foreign[] = [];
  for (const binding of wanted) {
    const change = compare(binding, found.get(binding.name));
    if ((change.action === 'change' || change.action === 'replace') && !isOurs(change.found)) {
      foreign.push({ wanted: binding, found: change.found });
    } else changes.push(change);
  }
  return { changes, foreign };
}

/**
 * What `remove` deletes of all bindings that carry flexgen's label: the identity's own, and what all identities share
 * once no other has any left.
 */
export function removal({ own }: Grants, labelled: readonly FoundBinding[]): readonly Change[] {
  const ours = labelled.filter(isOurs);
  const others = ours.filter(({ metadata: { name } }) => name !== renewal && !own.includes(name));
  return ours
    .filter(({ metadata: { name } }) => own.includes(name) || (name === renewal && others.length === 0))
    .map((found) => ({ action: 'delete', found }));
}
