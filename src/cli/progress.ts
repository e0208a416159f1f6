import { isLive, wantsColor } from './world.ts';
import type { World } from './world.ts';

/** Who waits for less does not wonder. */
const quiet = 1000;
const frame = 100;
/** Of a mark that turns while something is waited for. */
export const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'] as const;

/** A terminal has room for one such line. */
let isShowing = false;

/**
 * Says on the terminal what takes longer than a second, and removes it at the end. Elsewhere it says nothing, nor does what
 * is a part of something that is being said.
 */
export async function withProgress<T>(
  what: string | (() => string),
  world: World,
  work: () => Promise<T>,
): Promise<T> {
  const { stderr, env } = world;
  if (!isLive(stderr, env) || isShowing) return work();
  isShowing = true;
  const began = Date.now();
  const spin = wantsColor(stderr, env);
  let step = 0;
  const timer = setInterval(
    () => {
      const seconds = Math.floor((Date.now() - began) / 1000);
      if (seconds * 1000 < quiet) return;
      const mark = spin ? `${frames[step++ % frames.length]} ` : '';
      const words = typeof what === 'string' ? what : what();
      // What is said now may be shorter than before.
      void stderr.write(`\r${mark}${words} (${seconds} s)${typeof what === 'string' ? '' : '\u001b[K'}`);
      shown = true;
    },
    spin ? frame : quiet,
  );
  let shown = false;
  try {
    return await work();
  } finally {
    clearInterval(timer);
    isShowing = false;
    if (shown) await stderr.write('\r\u001b[K');
  }
}
