import type { Command } from 'commander';
import type { Stage } from './options.ts';

/** One payload for each node of a fleet. */
export function defineFleet(_program: Command, _stage: Stage): void {}
