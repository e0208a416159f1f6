import { defaultVersions } from '../catalog/index.ts';
import type { ClusterFacts } from '../config/facts.ts';
import { checkFacts } from '../config/index.ts';
import type { FileRef, Versions } from '../config/spec.ts';
import type { Diagnostic, Result } from '../diagnostics/diagnostic.ts';
import { ok, settle } from '../diagnostics/diagnostic.ts';
import { nodeTemplates } from '../io/templates.ts';
import { defaultNetwork, planNode } from '../node/index.ts';
import type { NodeSpec } from '../node/index.ts';
import type { NodePlan, NodeTemplates } from '../node/plan.ts';
import { azureOperator } from './azure-operator.ts';
import type { OperatorSource } from './azure-operator.ts';
import { caProblems } from './certificates.ts';
import { clusterFacts } from './cluster-facts.ts';
import { fileOf, textOf } from './open-config.ts';
import type { OpenConfig, Texts } from './open-config.ts';
import { readConfig } from './read-config.ts';
import type { ReadConfig, ReadOptions } from './read-config.ts';
import type { World } from './world.ts';

function chooseVersions(spec: NodeSpec, facts: ClusterFacts): Versions {
  const chosen = defaultVersions(spec.versions.kubernetes ?? facts.kubernetesVersion);
  const written = Object.entries(spec.versions).filter(([, version]) => version !== null);
  return { ...chosen, ...Object.fromEntries(written) };
}

/** The Spec with what only the cluster's facts can default. */
export function completed({ spec, written }: OpenConfig['loaded'], facts: ClusterFacts): Result<NodeSpec> {
  if (written(['network'])) return ok(spec);
  const { network, warning } = defaultNetwork(facts);
  return ok({ ...spec, network }, warning === undefined ? [] : [warning]);
}

/** The cluster's Azure resource id; null for a cluster that is none of Azure's. */
export function clusterIdOf(cluster: NodeSpec['cluster'], { aks }: ClusterFacts): string | null {
  return aks?.resourceId ?? (cluster.kind === 'resource-id' ? cluster.resourceId : null);
}

export interface PlannedConfig {
  readonly spec: NodeSpec;
  readonly facts: ClusterFacts;
  /** With placeholders for what is still to be made. */
  readonly plan: NodePlan;
  /** The same with these texts, by the config paths of their references, in place of the placeholders. */
  readonly planWith: (made: Texts) => Result<NodePlan>;
  /** The cluster's Azure resource id; null for a cluster that is none of Azure's. */
  readonly clusterId: string | null;
  readonly operator: OperatorSource;
  /** What the config's references stand for. */
  readonly texts: Texts;
  /** The text of a file that the config names. */
  readonly file: (ref: FileRef) => string;
  /** The problem with its place in the config, where its path has one there. */
  readonly located: OpenConfig['located'];
}

interface Planned extends Pick<ReadConfig, 'located' | 'texts' | 'lock' | 'bakes'> {
  readonly spec: NodeSpec;
}

/** Plans a node, with these texts in place of the placeholders of what is still to be made. */
export function plannerOf(
  { spec, located, texts, lock, bakes }: Planned,
  facts: ClusterFacts,
  templates: NodeTemplates,
): PlannedConfig['planWith'] {
  return (made) => {
    const all = new Map([...texts, ...made]);
    const reported: Diagnostic[] = [];
    const plan = planNode(spec, {
      spec,
      facts,
      lock,
      versions: chooseVersions(spec, facts),
      templates,
      now: Date.now(),
      bakes,
      file: fileOf(all),
      secret: textOf(all),
      report: (path, problem) => reported.push({ ...problem, path }),
    });
    return settle(plan, reported.map(located));
  };
}

/** The plan of a config's node in this cluster, or why the cluster is not known. Returns every problem at once, located. */
export function planRead(
  config: ReadConfig,
  facts: Result<ClusterFacts>,
  world: World,
): Result<PlannedConfig> {
  const { loaded, located, texts, lock, reader, bakes } = config;
  const found: Diagnostic[] = [...config.found, ...(facts.ok ? facts.warnings : facts.errors)];
  const failed = () => ({ ok: false, errors: found.map(located) }) as const;
  if (!facts.ok) return failed();
  const spec = completed(loaded, facts.value);
  if (!spec.ok) return spec;
  found.push(
    ...spec.warnings,
    ...checkFacts(loaded, facts.value),
    ...caProblems({ 'cluster.ca': facts.value.ca }),
  );
  const planWith = plannerOf({ spec: spec.value, located, texts, lock, bakes }, facts.value, nodeTemplates());
  const plan = planWith(new Map());
  found.push(...(plan.ok ? plan.warnings : plan.errors));
  if (!plan.ok) return failed();
  const { cluster, azure } = loaded.spec;
  const clusterId = clusterIdOf(cluster, facts.value);
  const operator =
    cluster.kind === 'resource-id' ? reader : azureOperator(clusterId ?? '', azure, texts, world);
  const known = {
    spec: spec.value,
    facts: facts.value,
    texts,
    file: textOf(texts),
    clusterId,
    operator,
    located,
  };
  return settle({ ...known, plan: plan.value, planWith }, found.map(located));
}

/**
 * From a config file to the plan of its node: read, check, ask Azure where the cluster is a resource id, plan. Nothing is
 * written and nothing is created. Returns every problem at once, located in the config where it has a place there.
 */
export async function planConfig(
  file: string,
  options: ReadOptions,
  world: World,
): Promise<Result<PlannedConfig>> {
  const config = await readConfig(file, options, world);
  if (!config.ok) return config;
  const { loaded, texts, reader } = config.value;
  return planRead(config.value, await clusterFacts(loaded.spec, texts, reader, options, world), world);
}
