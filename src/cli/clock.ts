import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../kubernetes/clock.ts';

/** The clock of whoever waits. */
export const clock: Clock = {
  now: () => performance.now(),
  sleep: (milliseconds) => delay(milliseconds),
};
