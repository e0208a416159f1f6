import { dirname, resolve } from 'node:path';
import { checkFacts } from '../../config/index.ts';
import type { ClusterFacts } from '../../config/facts.ts';
import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import { settle } from '../../diagnostics/diagnostic.ts';
import { inputReader } from '../../io/inputs.ts';
import { nodeTemplates } from '../../io/templates.ts';
import { azureOperator } from '../azure-operator.ts';
import type { OperatorSource } from '../azure-operator.ts';
import { caProblems, namedCaProblems } from '../certificates.ts';
import { clusterFacts } from '../cluster-facts.ts';
import type { FactsOptions } from '../cluster-facts.ts';
import { textOf } from '../open-config.ts';
import type { OpenConfig } from '../open-config.ts';
import { clusterIdOf, completed, plannerOf } from '../plan-config.ts';
import { lockOf } from '../read-config.ts';
import type { PlannedConfig } from '../plan-config.ts';
import type { World } from '../world.ts';

/** A node whose row holds by itself. */
export type LoadedNode = OpenConfig['loaded'];

/** Plans the nodes of a fleet, one by one; fails with every problem of a node at once, located. */
export type FleetPlanner = (loaded: LoadedNode) => Promise<Result<PlannedConfig>>;

export interface FleetSource extends FactsOptions {
  readonly config: string;
}

/** A planner of the nodes that share a cluster with this one. Azure is asked once, where the cluster is a resource id. */
export async function fleetPlanner(
  first: LoadedNode,
  options: FleetSource,
  world: World,
): Promise<Result<FleetPlanner>> {
  const folder = dirname(resolve(world.cwd, options.config));
  const read = inputReader({ env: world.env, resolve: (path) => resolve(folder, path) });
  const { azure, cluster } = first.spec;
  const asksAzure = options.offline !== true;
  const shared = await read(asksAzure ? { azure, cluster } : { cluster });
  const located = (loaded: LoadedNode) => (problem: Diagnostic) =>
    problem.location !== undefined || problem.path === undefined
      ? problem
      : { ...problem, location: loaded.locate(problem.path) };
  if (shared.problems.length > 0) return { ok: false, errors: shared.problems.map(located(first)) };
  const scope = cluster.kind === 'resource-id' ? cluster.resourceId : '';
  const reader = azureOperator(scope, azure, shared.texts, world);
  const facts = await clusterFacts(first.spec, shared.texts, reader, options, world);
  if (!facts.ok) return { ok: false, errors: facts.errors.map(located(first)) };
  const clusterId = clusterIdOf(cluster, facts.value);
  const operator: OperatorSource =
    cluster.kind === 'resource-id' ? reader : azureOperator(clusterId ?? '', azure, shared.texts, world);
  const plan = nodePlanner({ facts: facts.value, clusterId, operator, read, located });
  const warnings = [...facts.warnings, ...caProblems({ 'cluster.ca': facts.value.ca })].map(located(first));
  return settle(plan, warnings);
}

interface Shared {
  readonly facts: ClusterFacts;
  readonly clusterId: string | null;
  readonly operator: OperatorSource;
  readonly read: ReturnType<typeof inputReader>;
  readonly located: (loaded: LoadedNode) => PlannedConfig['located'];
}

function nodePlanner({ facts, clusterId, operator, read, located: locatedIn }: Shared): FleetPlanner {
  const templates = nodeTemplates();
  return async (loaded) => {
    const located = locatedIn(loaded);
    const { azure: _, ...own } = loaded.spec;
    const { texts, problems } = await read(own);
    const found: Diagnostic[] = [...problems];
    const failed = () => ({ ok: false, errors: found.map(located) }) as const;
    if (problems.length > 0) return failed();
    const lock = lockOf(loaded.spec, texts);
    found.push(...(lock.ok ? lock.warnings : lock.errors));
    found.push(...namedCaProblems(loaded.spec, texts));
    const spec = completed(loaded, facts);
    if (!lock.ok || !spec.ok) return failed();
    found.push(...spec.warnings, ...checkFacts(loaded, facts));
    const planWith = plannerOf(
      { spec: spec.value, located, texts, lock: lock.value, bakes: false },
      facts,
      templates,
    );
    const plan = planWith(new Map());
    found.push(...(plan.ok ? plan.warnings : plan.errors));
    if (!plan.ok) return failed();
    const planned = {
      spec: spec.value,
      facts,
      plan: plan.value,
      planWith,
      clusterId,
      operator,
      texts,
      located,
    };
    return settle({ ...planned, file: textOf(texts) }, found.map(located));
  };
}
