import type { Command } from 'commander';
import type { Stage } from './options.ts';

/** What a payload would do to a machine. */
export function defineReview(_program: Command, _stage: Stage): void {}
