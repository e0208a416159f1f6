import type { ClusterFacts } from '../config/facts.ts';
import { checkFacts } from '../config/index.ts';
import type { Diagnostic, Result } from '../diagnostics/diagnostic.ts';
import { settle } from '../diagnostics/diagnostic.ts';
import { bindingsFor } from '../kubernetes/bindings.ts';
import type { Grants } from '../kubernetes/bindings.ts';
import { azureOperator } from './azure-operator.ts';
import { caProblems } from './certificates.ts';
import { clusterFacts } from './cluster-facts.ts';
import { openConfig } from './open-config.ts';
import type { World } from './world.ts';

export interface ClusterConfig {
  readonly facts: ClusterFacts;
  readonly grants: Grants;
}

/**
 * What a config says about its cluster; Azure is asked where the cluster is a resource id. The node's secrets are not
 * read, so the one who prepares the cluster needs none of them.
 */
export async function clusterConfig(file: string, world: World): Promise<Result<ClusterConfig>> {
  const config = await openConfig(file, {}, world);
  if (!config.ok) return config;
  const { loaded, located, inputs } = config.value;
  const { cluster, azure, auth } = loaded.spec;
  const { texts, problems } = await inputs(cluster.kind === 'resource-id' ? { azure } : { cluster });
  const grants = bindingsFor(auth);
  const found: Diagnostic[] = [...config.warnings, ...problems];
  found.push(...(grants.ok ? grants.warnings : grants.errors));
  const failed = () => ({ ok: false, errors: found.map(located) }) as const;
  // A file that can't be read has been reported; what is not in it has not.
  if (problems.length > 0) return failed();
  const scope = cluster.kind === 'resource-id' ? cluster.resourceId : '';
  const operator = azureOperator(scope, azure, texts, world);
  const facts = await clusterFacts(loaded.spec, texts, operator, {}, world);
  found.push(...(facts.ok ? facts.warnings : facts.errors));
  if (!facts.ok || !grants.ok) return failed();
  found.push(...checkFacts(loaded, facts.value), ...caProblems({ 'cluster.ca': facts.value.ca }));
  return settle({ facts: facts.value, grants: grants.value }, found.map(located));
}
