import type { ClusterFacts } from '../../config/facts.ts';
import { parseResourceId } from '../../config/values/resource-id.ts';
import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import { ok, settle } from '../../diagnostics/diagnostic.ts';
import { clusterFacts } from '../cluster-facts.ts';
import type { FactsOptions } from '../cluster-facts.ts';
import { placeOf } from '../azure-operator.ts';
import type { NodeSpec } from '../../node/index.ts';
import { readConfig } from '../read-config.ts';
import type { PlannedConfig } from '../plan-config.ts';
import type { World } from '../world.ts';

/** What an identity is looked up with. */
export type IdentityConfig = Omit<PlannedConfig, 'plan' | 'planWith' | 'file'>;

/** A cluster that is stopped, deleted or broken is no reason to keep what was made for it. */
const bearable = new Set(['azure/missing', 'azure/state']);

/** What the id of a cluster says of it; of the rest nothing is asked where things are taken back. */
const remembered = (resourceId: string): ClusterFacts => ({
  name: parseResourceId(resourceId).name,
  server: '',
  ca: '',
  kubernetesVersion: '',
  clusterDNS: [],
  clusterDomain: '',
  podCIDRs: [],
  serviceCIDRs: [],
  tenantId: '-',
  aks: { resourceId, location: '-' },
});

/** The facts of a cluster for which nothing is made any more: of one that can't be asked, what its id says. */
export function bearing(facts: Result<ClusterFacts>, { cluster }: Pick<NodeSpec, 'cluster'>): typeof facts {
  if (facts.ok || cluster.kind !== 'resource-id') return facts;
  if (!facts.errors.every(({ code }) => bearable.has(code))) return facts;
  const warnings = facts.errors.map((error): Diagnostic => ({ ...error, severity: 'warning' }));
  return ok(remembered(cluster.resourceId), warnings);
}

/**
 * What a config says of an identity that is to be taken back: its node need not be one that could be rendered, nor its
 * cluster one that could be joined.
 */
export async function removalConfig(
  file: string,
  options: FactsOptions,
  world: World,
): Promise<Result<IdentityConfig>> {
  const config = await readConfig(file, { ...options, asks: true }, world);
  if (!config.ok) return config;
  const { loaded, located, texts, reader, found } = config.value;
  const facts = bearing(await clusterFacts(loaded.spec, texts, reader, options, world), loaded.spec);
  const all = [...found, ...(facts.ok ? facts.warnings : facts.errors)].map(located);
  if (!facts.ok) return { ok: false, errors: all };
  const { spec } = loaded;
  const place = placeOf(spec, facts.value, { reader, texts }, world);
  return settle({ spec, facts: facts.value, ...place, texts, located }, all);
}
