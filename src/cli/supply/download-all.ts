import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { atMost } from '../at-most.ts';
import { Stopped, download } from './download.ts';
import type { Delivered, Item } from './download.ts';

/** A line is full with fewer, and who publishes this for nothing should not be flooded. */
const concurrency = 4;

/** How far it is. */
export interface State {
  bytes: number;
  files: number;
}

/** Brings all items to their places; what can't be written ends it all, and is thrown when the others have stopped. */
export async function downloadAll(
  items: readonly Item[],
  placeOf: (path: string) => string,
  state: State,
): Promise<readonly (Delivered | Diagnostic)[]> {
  let failure: { readonly error: unknown } | undefined;
  const watcher = {
    count: (bytes: number) => void (state.bytes += bytes),
    isStopped: () => failure !== undefined,
  };
  const results = await atMost(concurrency, items, async (item) => {
    if (failure !== undefined) return undefined;
    try {
      const result = await download(item, placeOf(item.path), watcher);
      state.files += 1;
      return result;
    } catch (error) {
      if (!(error instanceof Stopped)) failure ??= { error };
      return undefined;
    }
  });
  if (failure !== undefined) throw failure.error;
  return results.flatMap((one) => one ?? []);
}
