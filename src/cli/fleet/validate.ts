import type { Result } from '../../diagnostics/diagnostic.ts';
import type { FactsOptions } from '../cluster-facts.ts';
import { outputOf } from '../payload.ts';
import type { OutputOptions } from '../payload.ts';
import { withBar } from '../progress-bar.ts';
import type { World } from '../world.ts';
import { draftFleet } from './drafts.ts';
import { readFleet } from './read-fleet.ts';

interface Options extends FactsOptions, OutputOptions {
  readonly config: string;
}

/** The largest payload of a fleet whose nodes are all checked, and rendered in memory. */
interface Valid {
  readonly nodes: number;
  readonly bytes: number;
}

const nowhere = (): void => undefined;

/** Checks the fleet of a config. Nothing is written, and nothing is made. */
export async function validateFleet(options: Options, world: World): Promise<Result<Valid>> {
  const fleet = await readFleet(options, world);
  if (!fleet.ok) return fleet;
  const { rows } = fleet.value;
  const choice = {
    ...options,
    image: 'stock',
    output: outputOf(options),
    shard: null,
    makesNothing: false,
  } as const;
  const drafted = await withBar('checking', rows.length, world, (advance) =>
    draftFleet(fleet.value, { options: choice, put: nowhere, advance }, world),
  );
  if (!drafted.ok) return drafted;
  const bytes = Math.max(...drafted.value.entries.map((entry) => entry.bytes));
  return { ok: true, value: { nodes: rows.length, bytes }, warnings: drafted.warnings };
}
