import { frames } from '../progress.ts';
import { isLive, wantsColor } from '../world.ts';
import type { World } from '../world.ts';
import { visible } from '../text-width.ts';

/** One line at the end of a terminal's screen that says what is waited for now. Elsewhere it is nothing. */
export interface LiveLine {
  show(text: string): void;
  /** Out of the way of what is printed next; it comes back by itself. */
  hide(): Promise<void>;
  end(): Promise<void>;
}

/** A line that a narrow terminal breaks can't be removed again. */
const widest = 76;

const nothing = async (): Promise<void> => undefined;

export function liveLine({ stderr, env }: World): LiveLine {
  if (!isLive(stderr, env)) return { show: () => undefined, hide: nothing, end: nothing };
  const spins = wantsColor(stderr, env);
  const clear = '\r\u001b[K';
  let text = '';
  let step = 0;
  let isShown = false;
  const timer = setInterval(
    () => {
      if (text === '') return;
      const mark = spins ? `${frames[step++ % frames.length]} ` : '';
      isShown = true;
      void stderr.write(`${clear}${mark}${text}`);
    },
    spins ? 100 : 1000,
  );
  const hide = async (): Promise<void> => {
    if (isShown) await stderr.write(clear);
    isShown = false;
  };
  return {
    show: (said) => {
      const line = visible(said);
      text = line.length > widest ? `${line.slice(0, widest - 1)}…` : line;
    },
    hide,
    end: async () => {
      clearInterval(timer);
      await hide();
    },
  };
}
