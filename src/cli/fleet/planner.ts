import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import { settle } from '../../diagnostics/diagnostic.ts';
import { inputReader } from '../../io/inputs.ts';
import { nodeTemplates } from '../../io/templates.ts';
import { placeOf, readerOf } from '../azure-operator.ts';
import { caProblems } from '../certificates.ts';
import { clusterFacts } from '../cluster-facts.ts';
import type { FactsOptions } from '../cluster-facts.ts';
import { locatedIn, surroundingsOf } from '../open-config.ts';
import type { Loaded } from '../open-config.ts';
import { planIn } from '../plan-config.ts';
import type { PlannedConfig } from '../plan-config.ts';
import { checkTexts } from '../read-config.ts';
import type { World } from '../world.ts';

/** Plans the nodes of a fleet, one by one; fails with every problem of a node at once, located. */
export type FleetPlanner = (loaded: Loaded) => Promise<Result<PlannedConfig>>;

export interface FleetSource extends FactsOptions {
  readonly config: string;
}

/** A planner of the nodes that share a cluster with this one. Azure is asked once, where the cluster is a resource id. */
export async function fleetPlanner(
  first: Loaded,
  options: FleetSource,
  world: World,
): Promise<Result<FleetPlanner>> {
  const read = inputReader(surroundingsOf(options.config, world));
  const failed = (errors: readonly Diagnostic[]) =>
    ({ ok: false, errors: errors.map(locatedIn(first)) }) as const;
  const { azure, cluster } = first.spec;
  const { texts, problems } = await read(options.offline === true ? { cluster } : { azure, cluster });
  if (problems.length > 0) return failed(problems);
  const reader = readerOf(first.spec, texts, world);
  const known = await clusterFacts(first.spec, texts, reader, options, world);
  if (!known.ok) return failed(known.errors);
  const facts = known.value;
  const shared = { facts, ...placeOf(first.spec, facts, { reader, texts }, world) };
  const warnings = [...known.warnings, ...caProblems({ 'cluster.ca': facts.ca })];
  return settle(nodePlanner(shared, read), warnings.map(locatedIn(first)));
}

function nodePlanner(
  cluster: Pick<PlannedConfig, 'facts' | 'clusterId' | 'operator'>,
  read: ReturnType<typeof inputReader>,
): FleetPlanner {
  // The same for all of them: what nodes have in common is remembered by it.
  const templates = nodeTemplates();
  return async (loaded) => {
    const located = locatedIn(loaded);
    const { azure: _, ...own } = loaded.spec;
    const { texts, problems } = await read(own);
    if (problems.length > 0) return { ok: false, errors: problems.map(located) };
    const { lock, found } = checkTexts(loaded.spec, texts);
    if (!lock.ok) return { ok: false, errors: found.map(located) };
    const node = { loaded, located, texts, lock: lock.value, bakes: false, found };
    return planIn(node, cluster, templates);
  };
}
