import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import { ok } from '../../diagnostics/diagnostic.ts';
import type { Item } from './item.ts';
import type { Identified, Inspection, Show } from './mode.ts';
import { isWrite } from '../action.ts';

/** Of a request without an answer nobody knows whether it was heard. */
const unanswered = new Set(['azure/network', 'azure/unavailable']);

/** What a refusal in the middle leaves behind. */
function counted(errors: readonly Diagnostic[], done: number, items: readonly Item[]): Diagnostic[] {
  const count = items.filter(isWrite).length;
  if (count === 0) return [...errors];
  const soFar = `${done} of ${count} changes were made`;
  return errors.map((error) => ({
    ...error,
    // Azure's own words end with a full stop.
    message: `${error.message.replace(/\.$/, '')}; ${soFar}${unanswered.has(error.code) ? ' before' : ''}`,
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

/**
 * Makes an identity and assigns its roles; `beside` is done while Azure assigns them, for whoever it is. It can be run
 * again wherever it was interrupted.
 */
export function applyIdentity<T>(
  inspection: Inspection,
  show: Show,
  beside: (objectId: string | null) => Promise<Result<T>>,
): Promise<Result<Identified & { readonly beside: T }>> {
  return counting(inspection.items, show, async (shown) => {
    const identified = await inspection.identify(shown);
    if (!identified.ok) return identified;
    const { objectId } = identified.value;
    const [granted, done] = await Promise.all([
      objectId === null ? ok(null) : inspection.grant(objectId, shown),
      beside(objectId),
    ]);
    if (!granted.ok || !done.ok)
      return { ok: false, errors: [granted, done].flatMap((part) => (part.ok ? [] : part.errors)) };
    const warnings = [identified, granted, done].flatMap((part) => part.warnings);
    return ok({ ...identified.value, beside: done.value }, warnings);
  });
}

/** Takes back what was made. */
export function removeIdentity(inspection: Inspection, show: Show): Promise<Result<null>> {
  return counting(inspection.leftovers, show, (shown) => inspection.remove(shown));
}
