import { isLive, wantsColor } from './world.ts';
import type { World } from './world.ts';
import { number } from '../diagnostics/number.ts';

/** Says that one more is done. To wait for it lets the terminal be written. */
export type Advance = () => Promise<void> | void;

const frame = 100;
/** Who waits for less does not wonder. */
const quiet = 1000;
const columns = 24;

const time = (seconds: number): string =>
  seconds < 100
    ? `${Math.ceil(seconds)} s`
    : seconds < 6000
      ? `${Math.ceil(seconds / 60)} min`
      : `${Math.ceil(seconds / 3600)} h`;

/** One line: how far it is, how fast it goes, and how long the rest takes at that pace. */
export function barText(what: string, done: number, total: number, milliseconds: number): string {
  const rate = done / Math.max(1, milliseconds / 1000);
  const filled = Math.floor((done / Math.max(1, total)) * columns);
  const bar = `${'█'.repeat(filled)}${'░'.repeat(columns - filled)}`;
  const left = rate === 0 ? '' : `, ${time((total - done) / rate)} left`;
  const pace = rate >= 10 || rate === 0 ? number(Math.round(rate)) : rate.toFixed(1);
  return `${what} ${bar} ${number(done)} of ${number(total)} (${pace}/s${left})`;
}

/** Shows on a terminal how far `work` is, which says of each of `total` that it is done. Elsewhere it says nothing. */
export async function withBar<T>(
  what: string,
  total: number,
  { stderr, env }: World,
  work: (advance: Advance) => Promise<T>,
): Promise<T> {
  if (!isLive(stderr, env)) return await work(() => undefined);
  const began = Date.now();
  const often = wantsColor(stderr, env) ? frame : quiet;
  let [done, last, shown] = [0, began, false];
  try {
    return await work(() => {
      done += 1;
      const now = Date.now();
      if (now - began < quiet || now - last < often) return undefined;
      last = now;
      shown = true;
      return stderr.write(`\r${barText(what, done, total, now - began)}\u001b[K`);
    });
  } finally {
    if (shown) await stderr.write('\r\u001b[K');
  }
}
