import type { Command } from 'commander';
import type { Stage } from './options.ts';

/** What machines download: its versions and digests, and a mirror of it. */
export function defineSupply(_program: Command, _stage: Stage): void {}
