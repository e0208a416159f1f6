import type { ClusterFacts } from '../../config/facts.ts';
import type { Overrides } from '../../config/load.ts';
import type { Result } from '../../diagnostics/diagnostic.ts';
import { ok } from '../../diagnostics/diagnostic.ts';
import type { NodeSpec } from '../../node/index.ts';
import { azureOperator, readerOf } from '../azure-operator.ts';
import type { OperatorSource } from '../azure-operator.ts';
import { clusterFacts } from '../cluster-facts.ts';
import { openConfig } from '../open-config.ts';
import type { OpenConfig } from '../open-config.ts';
import type { World } from '../world.ts';
import type { ClusterTarget } from './connect.ts';

interface OpenTarget {
  readonly config: OpenConfig;
  readonly target: ClusterTarget;
}

/** What is made of a cluster that can't be asked. */
type Bearing = (facts: Result<ClusterFacts>, spec: Pick<NodeSpec, 'cluster'>) => Result<ClusterFacts>;

/** The API server of an opened config; Azure is asked where the cluster is a resource id. Returns every problem at once. */
export async function targetOf(
  { loaded, located, inputs }: OpenConfig,
  options: Overrides,
  world: World,
  bearing: Bearing = (facts) => facts,
): Promise<Result<ClusterTarget>> {
  const { cluster, azure } = loaded.spec;
  const { texts, problems } = await inputs(cluster.kind === 'resource-id' ? { azure } : { cluster });
  // A file that can't be read has been reported; what is not in it has not.
  if (problems.length > 0) return { ok: false, errors: problems.map(located) };
  const reader = readerOf(loaded.spec, texts, world);
  const facts = bearing(await clusterFacts(loaded.spec, texts, reader, options, world), loaded.spec);
  if (!facts.ok) return { ok: false, errors: facts.errors.map(located) };
  const clusterId =
    cluster.kind === 'resource-id' ? cluster.resourceId : (facts.value.aks?.resourceId ?? null);
  // Who asks Azure is nobody's matter where it is not asked.
  const later: OperatorSource = async () => {
    const read = await inputs({ azure });
    if (read.problems.length > 0) return { ok: false, errors: read.problems };
    return azureOperator(clusterId ?? '', azure, read.texts, world)();
  };
  const operator = cluster.kind === 'resource-id' ? reader : later;
  return ok({ facts: facts.value, clusterId, operator, located }, facts.warnings.map(located));
}

/** Reads a config and what it says of its cluster; nothing that the node signs in with is read. Returns every problem at once. */
export async function openTarget(
  file: string,
  options: Overrides,
  world: World,
): Promise<Result<OpenTarget>> {
  const config = await openConfig(file, options, world);
  if (!config.ok) return config;
  const warnings = config.warnings.map(config.value.located);
  const target = await targetOf(config.value, options, world);
  return target.ok
    ? ok({ config: config.value, target: target.value }, [...warnings, ...target.warnings])
    : { ok: false, errors: [...warnings, ...target.errors] };
}
