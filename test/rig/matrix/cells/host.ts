import type { Cell } from '../cell.ts';

/** What goes wrong on the machine itself. */
export const hostCells: readonly Cell[] = [];
