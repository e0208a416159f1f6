import type { PartKind } from './kinds.ts';

/** What a machine reads as one thing, unwrapped. */
export interface Part {
  readonly kind: PartKind;
  /** As its envelope names it, e.g. `part-001`; unique within a payload. */
  readonly name: string;
  /** What it was wrapped in, from the outside in: `base64`, `gzip`, `mime` … */
  readonly via: readonly string[];
  readonly text: string;
  /** Whether cloud-init fills in variables (`## template: jinja`) before it reads it. */
  readonly jinja: boolean;
  /** A script that runs at each boot, not only at the first. */
  readonly everyBoot: boolean;
  /** How it is merged into the parts before it, where it says so outside of its text. */
  readonly mergeType: string | null;
  /** What a reviewer should know of it beside what it does. */
  readonly notes: readonly string[];
}
