import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import { ok } from '../../diagnostics/diagnostic.ts';
import { isWrite } from './item.ts';
import type { Item } from './item.ts';
import type { Identified, Inspection, Show } from './mode.ts';

/** What a refusal in the middle leaves behind, in the words of the one who was refused. */
function counted(errors: readonly Diagnostic[], done: number, items: readonly Item[]): Diagnostic[] {
  const count = items.filter(isWrite).length;
  return errors.map((error) => ({
    ...error,
    message: `${error.message}; ${done} of ${count} changes were made`,
  }));
}

/** Counts what is shown, so that a refusal can say how far it came. */
async function counting<T>(
  items: readonly Item[],
  show: Show,
  work: (show: Show) => Promise<Result<T>>,
): Promise<Result<T>> {
  let done = 0;
  const result = await work(async (item) => {
    done += 1;
    await show(item);
  });
  return result.ok ? result : { ok: false, errors: counted(result.errors, done, items) };
}

/** Makes an identity and assigns its roles. It can be run again wherever it was interrupted. */
export function applyIdentity(inspection: Inspection, show: Show): Promise<Result<Identified>> {
  return counting(inspection.items, show, async (shown) => {
    const identified = await inspection.identify(shown);
    if (!identified.ok || identified.value.objectId === null) return identified;
    const granted = await inspection.grant(identified.value.objectId, shown);
    return granted.ok ? ok(identified.value, [...identified.warnings, ...granted.warnings]) : granted;
  });
}

/** Takes back what was made. */
export function removeIdentity(inspection: Inspection, show: Show): Promise<Result<null>> {
  return counting(inspection.leftovers, show, inspection.remove);
}
