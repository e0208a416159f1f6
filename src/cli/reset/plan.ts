import { changeDeed, deed, itemDeed } from './deed.ts';
import type { Deed } from './deed.ts';
import type { LeavingIdentity } from './identities.ts';
import { emptyingDeeds, removingDeeds } from './look.ts';
import type { Prepared, Retained } from './prepare.ts';

/** What stays of an identity that others sign in as. */
export function keptDeed({ spec }: LeavingIdentity, because: string | null): Deed {
  const { auth } = spec;
  const name = 'clientId' in auth && auth.clientId !== null ? `${auth.mode} ${auth.clientId}` : auth.mode;
  return deed('keep', 'identity', name, `others may sign in as it: ${because ?? ''}`);
}

/** All that would be done, in its order. */
export function plannedDeeds({ cluster }: Prepared, taken: Retained, now: Date): readonly Deed[] {
  const looks = cluster?.looks ?? [];
  return [
    ...looks.flatMap(emptyingDeeds),
    ...taken.changes.map((change) => changeDeed(change, { now, planned: true })),
    ...looks.flatMap(removingDeeds),
    ...taken.identities.flatMap(({ inspection }) => inspection.leftovers).map(itemDeed),
    ...taken.kept.map((identity) => keptDeed(identity, taken.because)),
  ];
}
