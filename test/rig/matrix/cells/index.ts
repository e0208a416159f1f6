import type { Cell } from '../cell.ts';
import { hostCells } from './host.ts';
import { mirrorCells } from './mirror.ts';

/** Every cell of the fault matrix. */
export const cells: readonly Cell[] = [...mirrorCells, ...hostCells];
