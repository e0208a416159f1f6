import { defaultVersions, parseLock } from '../catalog/index.ts';
import type { Lock } from '../catalog/index.ts';
import type { ClusterFacts } from '../config/facts.ts';
import { checkFacts } from '../config/index.ts';
import type { FileRef, Versions } from '../config/spec.ts';
import type { Diagnostic, Result } from '../diagnostics/diagnostic.ts';
import { ok, settle } from '../diagnostics/diagnostic.ts';
import { hasMinted } from '../io/inputs.ts';
import { nodeTemplates } from '../io/templates.ts';
import { defaultNetwork, planNode } from '../node/index.ts';
import type { NodeSpec } from '../node/index.ts';
import type { NodePlan, NodeTemplates } from '../node/plan.ts';
import { azureOperator } from './azure-operator.ts';
import type { OperatorSource } from './azure-operator.ts';
import { caProblems, namedCaProblems } from './certificates.ts';
import { clusterFacts } from './cluster-facts.ts';
import type { FactsOptions } from './cluster-facts.ts';
import { fileOf, openConfig, textOf } from './open-config.ts';
import type { OpenConfig, Texts } from './open-config.ts';
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

/** The lock file, if there is one. */
export function lockOf(
  { artifacts: { lock } }: NodeSpec,
  texts: Texts,
): ReturnType<typeof parseLock> | Result<null> {
  return lock === null ? ok(null) : parseLock(textOf(texts)(lock), lock.file);
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

/** A config with the texts of all that it names. The cluster is not known yet. */
export interface ReadConfig {
  readonly loaded: OpenConfig['loaded'];
  readonly located: OpenConfig['located'];
  readonly texts: Texts;
  readonly lock: Lock | null;
  /** Who reads the cluster, where it is a resource id. */
  readonly reader: OperatorSource;
  /** Only what an image holds counts. */
  readonly bakes: boolean;
  /** What was found so far. Errors are among it only where more can be said about them without Azure. */
  readonly found: readonly Diagnostic[];
}

interface ReadOptions extends FactsOptions {
  /** Azure may be asked, whatever the cluster is. */
  readonly asks?: boolean;
  /** Only what an image holds counts: nothing that a node signs in with is read, and no user-data of its own. */
  readonly bakes?: boolean;
}

/** What an image has of the sections whose passwords are each machine's own. */
const withoutPasswords = ({ proxy, runtime }: Pick<NodeSpec, 'proxy' | 'runtime'>) => ({
  proxy: { ca: proxy.ca },
  runtime: Object.values(runtime.registries).map(({ ca }) => ca),
});

/** Reads a config and every file and secret that it names. Fails with every problem at once, located. */
export async function readConfig(
  file: string,
  options: ReadOptions,
  world: World,
): Promise<Result<ReadConfig>> {
  const config = await openConfig(file, options, world);
  return config.ok ? await readOpened(config.value, { ...options, found: config.warnings }, world) : config;
}

interface ReadOpenedOptions extends ReadOptions {
  /** What was found so far. */
  readonly found: readonly Diagnostic[];
}

/** The same of a config that is open. */
export async function readOpened(
  { loaded, located, inputs }: OpenConfig,
  options: ReadOpenedOptions,
  world: World,
): Promise<Result<ReadConfig>> {
  const { azure, auth, userData, ...shared } = loaded.spec;
  const { cluster } = shared;
  const bakes = options.bakes === true;
  // Who asks Azure is nobody's matter where it is not asked.
  const mints = options.asks === true || (!bakes && hasMinted(auth));
  const mayAsk = options.offline !== true && (mints || cluster.kind === 'resource-id');
  // Of what a node signs in with, an image has the CAs of those who ask, which are no secrets.
  const authorityCa = 'authorityCa' in auth ? auth.authorityCa : null;
  const own = bakes ? { authorityCa, ...withoutPasswords(shared) } : { auth, userData };
  const { texts, problems } = await inputs({ ...shared, ...own, ...(mayAsk ? { azure } : {}) });
  const found: Diagnostic[] = [...options.found, ...problems];
  const failed = () => ({ ok: false, errors: found.map(located) }) as const;
  const lock = lockOf(loaded.spec, texts);
  if (problems.length > 0) return failed();
  found.push(...(lock.ok ? lock.warnings : lock.errors));
  found.push(...namedCaProblems(loaded.spec, texts));
  // Azure is asked last: nobody waits for it to hear of a mistake in a file.
  if (!lock.ok || (cluster.kind === 'resource-id' && hasError(found))) return failed();
  const reader = azureOperator(cluster.kind === 'resource-id' ? cluster.resourceId : '', azure, texts, world);
  return ok({ loaded, located, texts, lock: lock.value, reader, bakes, found });
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

const hasError = (found: readonly Diagnostic[]) => found.some(({ severity }) => severity === 'error');
