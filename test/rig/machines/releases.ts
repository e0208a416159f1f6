import type { Release } from './machine.ts';

/** Debian's code names. */
export const suites = {
  'debian-12': 'bookworm',
  'debian-13': 'trixie',
} as const satisfies Record<Release, string>;
