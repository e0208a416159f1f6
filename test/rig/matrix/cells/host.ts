import type { Cell } from '../cell.ts';
import { diskCells } from './host-disks.ts';
import { kernelCells } from './host-kernel.ts';
import { killerCells } from './host-killers.ts';
import { qemuCells } from './host-qemu.ts';
import { clockCells } from './host-clock.ts';
import { packageCells } from './host-packages.ts';
import { powerCells } from './host-power.ts';
import { signalCells } from './host-signals.ts';

/** What goes wrong on the machine itself. */
export const hostCells: readonly Cell[] = [
  ...diskCells,
  ...packageCells,
  ...kernelCells,
  ...killerCells,
  ...signalCells,
  ...powerCells,
  ...clockCells,
  ...qemuCells,
];
