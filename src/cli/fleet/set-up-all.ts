import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import { ok } from '../../diagnostics/diagnostic.ts';
import { atMost, parallel } from '../at-most.ts';
import type { Advance } from '../progress-bar.ts';
import type { World } from '../world.ts';
import type { Drafted, DraftOptions } from './drafts.ts';
import type { ManifestEntry } from './manifest.ts';
import { renderNode } from './renderer.ts';
import type { Placed, RenderedNode } from './renderer.ts';
import { fleetSetup } from './setup.ts';
import type { SetupOptions } from '../identity/setup-look.ts';

interface Ready {
  readonly entries: readonly ManifestEntry[];
  /** How many things were made or changed in Azure and in the cluster for single nodes. */
  readonly changes: number;
}

interface Run {
  readonly options: DraftOptions & SetupOptions;
  readonly put: (node: RenderedNode) => void;
  readonly advance: Advance;
}

/**
 * Makes ready what each node joins with, and renders it; `put` is given each payload as soon as it is there. The first
 * failure ends it: what was made by then is found again by the next run. Throws ClusterRefused.
 */
export async function setUpAll(
  { nodes, unready, plan }: Drafted,
  { options, put, advance }: Run,
  world: World,
): Promise<Result<Ready>> {
  if (unready === null) throw new Error('there is nothing to be made');
  const setup = await fleetSetup(unready, options, world);
  if (!setup.ok) return setup;
  const entries: ManifestEntry[] = [];
  const warnings: Diagnostic[] = [];
  let changes = 0;
  let failure: readonly Diagnostic[] | undefined;

  const make = async (node: Placed, at: number): Promise<void> => {
    if (failure !== undefined) return;
    const planned = await plan(node);
    const made = planned.ok ? await setup.value(planned.value) : planned;
    const rendered =
      made.ok && planned.ok ? renderNode(planned.value, made.value.texts, node, options) : made;
    if (!rendered.ok || !made.ok || !planned.ok) {
      const located = planned.ok ? planned.value.located : (problem: Diagnostic) => problem;
      failure ??= rendered.ok ? [] : rendered.errors.map(located);
      return;
    }
    changes += made.value.changes;
    if (warnings.length === 0) warnings.push(...made.warnings);
    if ('entry' in rendered.value) {
      put(rendered.value);
      entries[at] = rendered.value.entry;
    }
    await advance();
  };

  const [first, ...rest] = [...nodes.entries()];
  // What all of them share is made for the first: two at once would be in each other's way.
  if (first !== undefined) await make(first[1], first[0]);
  await atMost(parallel, rest, ([at, node]) => make(node, at));
  if (failure !== undefined) return { ok: false, errors: failure };
  return ok({ entries, changes }, [...setup.warnings, ...warnings]);
}
