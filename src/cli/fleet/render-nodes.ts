import { createHash } from 'node:crypto';
import type { Row } from '../../config/fleet/row.ts';
import { indexOf } from '../../config/fleet/node.ts';
import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import { settle } from '../../diagnostics/diagnostic.ts';
import { envelopes } from '../../render/cloud-init/envelopes/index.ts';
import { keptTexts } from '../identity/needs.ts';
import type { Texts } from '../open-config.ts';
import { userDataOf } from '../payload.ts';
import type { ImageOption, OutputOptions } from '../payload.ts';
import type { PlannedConfig } from '../plan-config.ts';
import type { Advance } from '../progress-bar.ts';
import type { World } from '../world.ts';
import { gathered } from './check.ts';
import type { CheckedFleet } from './check.ts';
import type { ManifestEntry } from './manifest.ts';
import { manifestName } from './manifest.ts';
import type { FleetPlanner } from './planner.ts';
import { isIn } from './shard.ts';
import type { Shard } from './shard.ts';

export interface RenderedNode {
  readonly entry: ManifestEntry;
  readonly content: string | Uint8Array;
}

/** The nodes of a fleet that this run is for, with their places in it. */
export const nodesOf = ({ rows }: CheckedFleet, shard: Shard | undefined): (readonly [number, Row])[] =>
  [...rows.entries()].filter(([place]) => shard === undefined || isIn(shard, place));

interface Renderer {
  readonly fleet: CheckedFleet;
  readonly planner: FleetPlanner;
  readonly image: ImageOption;
  readonly output: OutputOptions;
  readonly config: string;
}

/** A node's plan; it holds by itself, since the whole fleet was checked. */
async function planOf(
  { fleet, planner }: Renderer,
  [place, row]: readonly [number, Row],
): Promise<Result<PlannedConfig>> {
  const loaded = fleet.read(row, place);
  return loaded.ok ? await planner(loaded.value) : loaded;
}

/** One node's payload, with these texts in place of what was to be made. */
export function renderNode(
  planned: PlannedConfig,
  made: Texts,
  index: number,
  { image, output }: Renderer,
): Result<RenderedNode> {
  const plan =
    made.size === 0 ? { ok: true as const, value: planned.plan, warnings: [] } : planned.planWith(made);
  if (!plan.ok) return plan;
  const userData = userDataOf(planned, plan.value, image, output);
  if (!userData.ok) return userData;
  const { bytes: content, envelope } = userData.value;
  const name = planned.spec.node.name ?? '';
  const entry = {
    name,
    index,
    file: `${name}${envelopes[envelope].extension}`,
    envelope,
    bytes: Buffer.byteLength(content),
    sha256: createHash('sha256').update(content).digest('hex'),
  };
  if (entry.file === manifestName(null)) throw new Error('a payload has the name of the manifest');
  return { ok: true, value: { entry, content }, warnings: [] };
}

/**
 * Renders every node of `nodes`, and hands each payload to `put`; fails with every problem at once. With `drafts`, what is
 * still to be made has its placeholder; else it was made before, or there is no payload.
 */
export async function renderNodes(
  renderer: Renderer,
  nodes: readonly (readonly [number, Row])[],
  { drafts, put, advance }: { drafts: boolean; put: (node: RenderedNode) => void; advance: Advance },
  world: World,
): Promise<Result<readonly ManifestEntry[]>> {
  const found = gathered();
  const entries: ManifestEntry[] = [];
  for (const node of nodes) {
    const [place, row] = node;
    const planned = await planOf(renderer, node);
    const problems: Diagnostic[] = [];
    if (planned.ok) {
      problems.push(...planned.warnings);
      const made = drafts
        ? { ok: true as const, value: new Map() }
        : await keptTexts(planned.value, renderer, world);
      const rendered = made.ok ? renderNode(planned.value, made.value, indexOf(row, place), renderer) : made;
      if (rendered.ok) {
        put(rendered.value);
        entries.push(rendered.value.entry);
      } else problems.push(...rendered.errors.map(planned.value.located));
    } else problems.push(...planned.errors);
    found.add(row, problems);
    await advance();
  }
  return settle(entries, found.diagnostics(nodes.length));
}
