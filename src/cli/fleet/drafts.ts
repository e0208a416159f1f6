import { fleetChecks } from '../../config/fleet/checks.ts';
import { crossings } from '../../config/fleet/crossing.ts';
import { gather } from '../../config/fleet/gather.ts';
import { indexOf, nodeReader } from '../../config/fleet/node.ts';
import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import { ok, settle } from '../../diagnostics/diagnostic.ts';
import { keptTexts, needsSetup } from '../identity/needs.ts';
import type { Loaded } from '../open-config.ts';
import type { PlannedConfig } from '../plan-config.ts';
import type { Advance } from '../progress-bar.ts';
import type { World } from '../world.ts';
import type { ManifestEntry } from './manifest.ts';
import { fleetPlanner } from './planner.ts';
import type { FleetPlanner, FleetSource } from './planner.ts';
import type { Fleet } from './read-fleet.ts';
import { renderNode } from './renderer.ts';
import type { Placed, RenderChoice, RenderedNode } from './renderer.ts';
import { isIn } from './shard.ts';
import type { Shard } from './shard.ts';

export interface DraftOptions extends FleetSource, RenderChoice {
  readonly shard: Shard | null;
  /** Nothing may be made in Azure or in the cluster. */
  readonly makesNothing: boolean;
}

/** A fleet that holds: each node by itself, and all together. */
export interface Drafted {
  /** The nodes of this shard. */
  readonly nodes: readonly Placed[];
  /** The payloads of this shard; those of nodes that need a setup were not handed over. */
  readonly entries: readonly ManifestEntry[];
  /** The first node, where the nodes need something that is still to be made. */
  readonly unready: PlannedConfig | null;
  readonly plan: (node: Placed) => Promise<Result<PlannedConfig>>;
}

/** The first node's row decides how the cluster is asked, once. */
function lazyPlanner(options: FleetSource, world: World): (loaded: Loaded) => Promise<Result<FleetPlanner>> {
  let planner: Promise<Result<FleetPlanner>> | undefined;
  return (loaded) => (planner ??= fleetPlanner(loaded, options, world));
}

/**
 * Checks every row, and the rows against each other, and renders those of this shard: every problem at once. `put` is given
 * each payload that is ready, until there is a problem; where something is still to be made, a payload has a placeholder
 * for it and is only looked at.
 */
export async function draftFleet(
  { base, rows }: Fleet,
  { options, put, advance }: { options: DraftOptions; put: (node: RenderedNode) => void; advance: Advance },
  world: World,
): Promise<Result<Drafted>> {
  const read = nodeReader(base);
  const checked = gather();
  const drafted = gather();
  const checks = fleetChecks();
  const crossing = crossings(base);
  const plannerFor = lazyPlanner(options, world);
  const nodes: Placed[] = [];
  const entries: ManifestEntry[] = [];
  let drafts = 0;
  let unready: PlannedConfig | null = null;

  const planOf = async (loaded: Loaded): Promise<Result<PlannedConfig>> => {
    const planner = await plannerFor(loaded);
    return planner.ok ? await planner.value(loaded) : planner;
  };
  const draft = async (loaded: Loaded, node: Placed): Promise<readonly Diagnostic[]> => {
    const planned = await planOf(loaded);
    if (!planned.ok) return planned.errors;
    const makes = !options.makesNothing && needsSetup(planned.value);
    if (makes) unready ??= planned.value;
    const made = makes ? ok(new Map<string, string>()) : await keptTexts(planned.value, options, world);
    const rendered = made.ok ? renderNode(planned.value, made.value, node, options) : made;
    if (!rendered.ok) return [...planned.warnings, ...rendered.errors.map(planned.value.located)];
    entries.push(rendered.value.entry);
    if (!makes && !drafted.failed()) put(rendered.value);
    return planned.warnings;
  };

  for (const node of rows.entries()) {
    const [place, row] = node;
    const loaded = read(row, place);
    if (!loaded.ok) checked.add(row, loaded.errors);
    else {
      checked.add(row, checks.add(row, indexOf(row, place), loaded.value.spec));
      crossing.add(row, loaded.value.spec);
      const mine = options.shard === null || isIn(options.shard, place);
      if (mine) nodes.push(node);
      // Azure is asked last: nobody waits for it to hear of a mistake in a row.
      if (mine && !checked.failed()) {
        drafts += 1;
        drafted.add(row, [...loaded.warnings, ...(await draft(loaded.value, node))]);
      }
    }
    await advance();
  }
  for (const [row, problem] of checks.overlaps()) checked.add(row, [problem]);
  const plan: Drafted['plan'] = async ([place, row]) => {
    const loaded = read(row, place);
    return loaded.ok ? await planOf(loaded.value) : loaded;
  };
  const found = [...checked.diagnostics(rows.length), ...drafted.diagnostics(drafts)];
  return settle({ nodes, entries, unready, plan }, [...crossing.warnings(), ...found]);
}
