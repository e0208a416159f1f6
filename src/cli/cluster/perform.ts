import { applyChange } from '../../kubernetes/apply.ts';
import type { Change } from '../../kubernetes/diff.ts';
import { ClusterRefused } from '../../kubernetes/refused.ts';
import type { Session } from './session.ts';
import { isWrite } from '../action.ts';

/** Makes the changes one by one; `done` hears of each. Throws ClusterRefused, which says how far it came. */
export async function perform(
  changes: readonly Change[],
  { api }: Pick<Session, 'api'>,
  done: (change: Change) => Promise<void>,
): Promise<void> {
  const count = changes.filter(isWrite).length;
  let made = 0;
  for (const change of changes) {
    try {
      await applyChange(api, change);
    } catch (error) {
      if (!(error instanceof ClusterRefused)) throw error;
      throw new ClusterRefused(`${error.message}; ${made} of ${count} changes were made`, error.hint);
    }
    if (isWrite(change)) made += 1;
    await done(change);
  }
}
