import { visible, widthOf } from '../text-width.ts';
import type { Boot, BootStep } from './boot.ts';

/** Columns of the longest chart; a shorter boot has one for each second. */
const widest = 60;

const columns = (seconds: number, scale: number): number => Math.max(0, Math.round(seconds * scale));

function bar({ start, seconds }: BootStep, scale: number): string {
  const from = columns(start, scale);
  const to = columns(start + seconds, scale);
  // What takes no time is there all the same.
  return `${' '.repeat(from)}${to > from ? '#'.repeat(to - from) : '|'}`;
}

function verdict({ state, step, code, reason, remedy, seconds }: Boot): string {
  switch (state) {
    case 'ready':
      return `Ready after ${seconds} s`;
    case 'running':
      return `still at ${step} after ${seconds} s`;
    case 'failed':
      return `FAILED at ${step} (${code}): ${reason} — ${remedy}`;
  }
}

/** A boot as a reader should see it: a line for each step, its bar where its time was. */
export function chartOf(boot: Boot): string {
  const { steps } = boot;
  const names = steps.map(({ name }) => visible(name));
  const width = Math.max(0, ...names.map(widthOf));
  const end = Math.max(0, ...steps.map(({ start, seconds }) => start + seconds));
  const scale = Math.min(1, widest / Math.max(1, end));
  const lines = steps.map((step, index) => {
    const name = names[index] ?? '';
    return `${name}${' '.repeat(width - widthOf(name))} ${String(step.seconds).padStart(5)} s  ${bar(step, scale)}`;
  });
  return [...lines, visible(verdict(boot)), ''].join('\n');
}
