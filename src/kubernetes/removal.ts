import { renewal } from './bindings.ts';
import type { Grants } from './bindings.ts';
import type { Change } from './diff.ts';
import type { FoundObject } from './object.ts';

/**
 * What `remove` deletes of all bindings that flexgen has made: the identity's own, and what all identities share once no
 * other has any left.
 */
export function removal({ own }: Grants, ours: readonly FoundObject[]): readonly Change[] {
  const others = ours.filter(({ name }) => name !== renewal && !own.includes(name));
  return ours
    .filter(({ name }) => own.includes(name) || (name === renewal && others.length === 0))
    .map((found) => ({ action: 'delete', found }));
}
