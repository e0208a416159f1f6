import type { Setting } from '../machines/machine.ts';
import type { NodeWish } from '../node-config.ts';
import type { BootedNode, Stage, StartImage } from '../scenario.ts';
import type { CellSite } from './cell-site.ts';

/** The steps of a boot, in their order. */
export const steps = [
  'host',
  'packages',
  'artifacts',
  'runtime',
  'identity',
  'kubelet',
  'registered',
  'ready',
  'scrub',
] as const;

export type Step = (typeof steps)[number];

/** A stage whose site is one machine's own. */
export interface CellStage extends Stage {
  readonly site: CellSite;
}

/**
 * A fault while a step of the boot is at work. The machine must join when it is gone, without a hand on it, and must
 * name it before that. A cell's faults hit its own machine alone: many are played at once.
 */
export interface Cell {
  /** While which step the fault is there. */
  readonly step: Step;
  /** In the words of the report: `mirror answers 500`, `power cut`, `disk full`. */
  readonly fault: string;
  /** `namespaces` unless it needs a kernel of its own. */
  readonly setting: Setting;
  readonly wish?: Partial<NodeWish> | ((stage: CellStage) => Partial<NodeWish>);
  readonly image?: StartImage;
  /** Before the machine is powered on: what must be wrong from the start, or caught at its moment. */
  readonly prepare?: (stage: CellStage) => Promise<void>;
  /** With the machine on: brings the fault about at its moment; resolves once it is there. */
  readonly strike?: (stage: CellStage, node: BootedNode) => Promise<void>;
  /** What the first FAILED line after that says; null: the boot rides the fault out and joins without a verdict. */
  readonly verdict: RegExp | null;
  /** The fault is gone; from here the clock of the time to recover runs. Nobody touches the machine. */
  readonly lift: (stage: CellStage, node: BootedNode) => Promise<void>;
}

/** A cell's name: no two have the same. */
export const titleOf = ({ step, fault, setting }: Pick<Cell, 'step' | 'fault' | 'setting'>): string =>
  `${step}: ${fault} [${setting}]`;
