import { architectures } from '../../catalog/index.ts';
import type { Arch } from '../../catalog/index.ts';
import type { Result } from '../../diagnostics/diagnostic.ts';
import { ok } from '../../diagnostics/diagnostic.ts';
import { readerOf } from '../azure-operator.ts';
import { clusterFacts } from '../cluster-facts.ts';
import type { FactsOptions } from '../cluster-facts.ts';
import type { OpenConfig } from '../open-config.ts';
import type { World } from '../world.ts';
import { releasesOf } from './releases.ts';
import type { Wish } from './releases.ts';
import type { Needs } from './wanted.ts';

export interface NeedsOptions extends Omit<FactsOptions, 'offline'> {
  readonly kubernetes?: readonly Wish[];
  readonly arch?: Arch;
}

/** The version that the cluster runs. Azure is asked where the cluster is a resource id, and nothing else. */
async function clusterVersion(
  { loaded: { spec }, inputs, located }: OpenConfig,
  options: FactsOptions,
  world: World,
): Promise<Result<string>> {
  const { cluster, azure } = spec;
  if (cluster.kind === 'inline') return ok(cluster.facts.kubernetesVersion);
  const { texts, problems } = await inputs({ cluster, ...(cluster.kind === 'resource-id' ? { azure } : {}) });
  if (problems.length > 0) return { ok: false, errors: problems.map(located) };
  const facts = await clusterFacts(spec, texts, readerOf(spec, texts, world), options, world);
  if (!facts.ok) return { ok: false, errors: facts.errors.map(located) };
  return ok(facts.value.kubernetesVersion, facts.warnings.map(located));
}

/** What the config's nodes download, and their cluster pulls; the command line's versions come before the config's. */
export async function needsOf(
  config: OpenConfig,
  { kubernetes: wishes = [], arch, ...options }: NeedsOptions,
  world: World,
): Promise<Result<Needs>> {
  const { versions, components, runtime, image } = config.loaded.spec;
  const written = versions.kubernetes;
  const asked = await releasesOf(wishes, { env: world.env });
  if (!asked.ok) return asked;
  const isSaid = asked.value.length > 0;
  const cluster =
    isSaid || (written !== null && !components.kubeProxy)
      ? ok(null)
      : await clusterVersion(config, options, world);
  if (!cluster.ok) return cluster;
  const own = written ?? cluster.value;
  const kubernetes = isSaid || own === null ? asked.value : [own];
  return ok(
    {
      kubernetes,
      clusters: cluster.value === null ? kubernetes : [cluster.value],
      pinned: versions,
      arches: arch === undefined ? architectures : [arch],
      nodeProblemDetector: components.nodeProblemDetector,
      kubeProxy: components.kubeProxy,
      images: [runtime.pauseImage, ...image.images],
    },
    cluster.warnings,
  );
}
