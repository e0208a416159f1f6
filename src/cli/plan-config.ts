import { defaultVersions } from '../catalog/index.ts';
import type { ClusterFacts } from '../config/facts.ts';
import { checkFacts } from '../config/index.ts';
import type { FileRef, Versions } from '../config/spec.ts';
import type { Diagnostic, Result } from '../diagnostics/diagnostic.ts';
import { settle } from '../diagnostics/diagnostic.ts';
import { nodeTemplates } from '../io/templates.ts';
import { defaultNetwork, planNode } from '../node/index.ts';
import type { NodeSpec } from '../node/index.ts';
import type { NodePlan, NodeTemplates } from '../node/plan.ts';
import { placeOf } from './azure-operator.ts';
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

type ReadNode = Pick<ReadConfig, 'loaded' | 'located' | 'texts' | 'lock' | 'bakes' | 'found'>;

/** The plan of a node in a cluster that is known. Returns every problem at once, located. */
export function planIn(
  { loaded, located, texts, lock, bakes, found }: ReadNode,
  cluster: Pick<PlannedConfig, 'facts' | 'clusterId' | 'operator'>,
  templates: NodeTemplates,
): Result<PlannedConfig> {
  const { facts } = cluster;
  const written = loaded.written(['network']);
  // Only the cluster's facts can default it.
  const { network, warning } = written ? { network: loaded.spec.network } : defaultNetwork(facts);
  const spec = { ...loaded.spec, network };
  const planWith: PlannedConfig['planWith'] = (made) => {
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
  const plan = planWith(new Map());
  const all = [
    ...found,
    ...(warning === undefined ? [] : [warning]),
    ...checkFacts(loaded, facts),
    ...caProblems({ 'cluster.ca': facts.ca }),
    ...(plan.ok ? plan.warnings : plan.errors),
  ].map(located);
  if (!plan.ok) return { ok: false, errors: all };
  return settle({ ...cluster, spec, plan: plan.value, planWith, texts, file: textOf(texts), located }, all);
}

/** The plan of a config's node in this cluster, or why the cluster is not known. Returns every problem at once, located. */
export function planRead(
  config: ReadConfig,
  facts: Result<ClusterFacts>,
  world: World,
): Result<PlannedConfig> {
  const found = [...config.found, ...(facts.ok ? facts.warnings : facts.errors)];
  if (!facts.ok) return { ok: false, errors: found.map(config.located) };
  const place = placeOf(config.loaded.spec, facts.value, config, world);
  return planIn({ ...config, found }, { facts: facts.value, ...place }, nodeTemplates());
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
