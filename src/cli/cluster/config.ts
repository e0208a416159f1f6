import { checkFacts } from '../../config/index.ts';
import type { Overrides } from '../../config/load.ts';
import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import { ok, settle } from '../../diagnostics/diagnostic.ts';
import { bindingsFor, sharedGrants } from '../../kubernetes/bindings.ts';
import type { Grants } from '../../kubernetes/bindings.ts';
import { wishOf } from '../../kubernetes/wish.ts';
import type { Wish } from '../../kubernetes/wish.ts';
import { azureOperator } from '../azure-operator.ts';
import type { OperatorSource } from '../azure-operator.ts';
import { caProblems } from '../certificates.ts';
import type { ClusterTarget } from './connect.ts';
import { clusterFacts } from '../cluster-facts.ts';
import { openConfig } from '../open-config.ts';
import { subjectOf } from './subject.ts';
import type { Prepared } from './subject.ts';
import type { World } from '../world.ts';

export interface ClusterConfig {
  readonly target: ClusterTarget;
  readonly wish: Wish;
}

/** What an identity is granted; to take it back, nobody has to know who it was. */
async function grantsOf(prepared: Prepared, removes: boolean): Promise<Result<Grants>> {
  const subject = await subjectOf(prepared);
  if (!subject.ok) return subject;
  const { objectId, owner } = subject.value;
  return removes && objectId === null && owner !== null
    ? ok(sharedGrants(owner))
    : bindingsFor(prepared.spec.auth, subject.value);
}

/**
 * What a config says about its cluster; Azure is asked where the cluster is a resource id, or the identity is a machine's.
 * The one who prepares the cluster needs none of the node's secrets: they are used only to ask who a service principal is
 * where the config doesn't say it.
 */
export async function clusterConfig(
  file: string,
  options: Overrides & { readonly removes: boolean },
  world: World,
): Promise<Result<ClusterConfig>> {
  const config = await openConfig(file, options, world);
  if (!config.ok) return config;
  const { loaded, located, inputs } = config.value;
  const { spec } = loaded;
  const { cluster, azure } = spec;
  const { texts, problems } = await inputs(cluster.kind === 'resource-id' ? { azure } : { cluster });
  const found: Diagnostic[] = [...config.warnings, ...problems];
  const failed = () => ({ ok: false, errors: found.map(located) }) as const;
  // A file that can't be read has been reported; what is not in it has not.
  if (problems.length > 0) return failed();
  const reader = azureOperator(cluster.kind === 'resource-id' ? cluster.resourceId : '', azure, texts, world);
  const facts = await clusterFacts(spec, texts, reader, options, world);
  found.push(...(facts.ok ? facts.warnings : facts.errors));
  if (!facts.ok) return failed();
  const clusterId =
    cluster.kind === 'resource-id' ? cluster.resourceId : (facts.value.aks?.resourceId ?? null);
  // Who asks Azure is nobody's matter where it is not asked.
  const later: OperatorSource = async () => {
    const read = await inputs({ azure });
    if (read.problems.length > 0) return { ok: false, errors: read.problems };
    return azureOperator(clusterId ?? '', azure, read.texts, world)();
  };
  const operator = cluster.kind === 'resource-id' ? reader : later;
  const secrets = async () => {
    const read = await inputs({ auth: spec.auth });
    return read.problems.length === 0 ? read.texts : null;
  };
  const grants = await grantsOf({ spec, facts: facts.value, operator, secrets }, options.removes);
  found.push(...(grants.ok ? grants.warnings : grants.errors));
  found.push(...checkFacts(loaded, facts.value), ...caProblems({ 'cluster.ca': facts.value.ca }));
  if (!grants.ok) return failed();
  const target = { facts: facts.value, clusterId, operator, located };
  return settle({ target, wish: wishOf(spec, facts.value, grants.value) }, found.map(located));
}
