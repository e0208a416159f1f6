import type { Result } from '../../diagnostics/diagnostic.ts';
import type { Texts } from '../open-config.ts';
import type { PlannedConfig } from '../plan-config.ts';

export interface Made {
  /** What was minted for the node. */
  readonly texts: Texts;
  /** How many things were made or changed. */
  readonly changes: number;
}

/** Makes what one node joins with; what is there is kept. Throws ClusterRefused. */
export type NodeSetup = (planned: PlannedConfig) => Promise<Result<Made>>;
