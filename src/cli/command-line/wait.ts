import type { Command } from 'commander';
import type { Stage } from './options.ts';

/** A join, as the cluster sees it. */
export function defineWait(_program: Command, _stage: Stage): void {}
