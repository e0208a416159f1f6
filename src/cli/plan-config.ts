import { dirname, resolve } from 'node:path';
import { defaultVersions, parseLock } from '../catalog/index.ts';
import { certificateProblem } from '../config/certificate.ts';
import type { ClusterFacts } from '../config/facts.ts';
import { checkFacts, loadSpec, parseFacts } from '../config/index.ts';
import type { FileRef, Versions } from '../config/spec.ts';
import type { Diagnostic, Result } from '../diagnostics/diagnostic.ts';
import { ok, settle } from '../diagnostics/diagnostic.ts';
import { readInputs } from '../io/inputs.ts';
import { nodeTemplates } from '../io/templates.ts';
import { UnreadableFile, readText } from '../io/text.ts';
import { definitions, planNode } from '../node/index.ts';
import type { NodeSpec } from '../node/index.ts';
import type { NodePlan } from '../node/plan.ts';
import type { World } from './world.ts';

const noAzureYet: Diagnostic = {
  severity: 'error',
  code: 'cluster/resource-id',
  path: 'cluster.resourceId',
  message: 'this version of flexgen can’t read a cluster from Azure yet',
  hint: 'name a facts file (`cluster.facts`), or give server, ca, kubernetesVersion and clusterDNS here',
};

function clusterFacts(spec: NodeSpec, texts: ReadonlyMap<string, string>): Result<ClusterFacts> {
  const { cluster } = spec;
  switch (cluster.kind) {
    case 'resource-id':
      return { ok: false, errors: [noAzureYet] };
    case 'facts-file':
      return parseFacts(texts.get(cluster.facts.at) ?? '', cluster.facts.file);
    case 'inline': {
      const ca = typeof cluster.ca === 'string' ? cluster.ca : (texts.get(cluster.ca.at) ?? '');
      return ok({ ...cluster.facts, ca });
    }
  }
}

function chooseVersions(spec: NodeSpec, facts: ClusterFacts): Versions {
  const chosen = defaultVersions(spec.versions.kubernetes ?? facts.kubernetesVersion);
  const written = Object.entries(spec.versions).filter(([, version]) => version !== null);
  return { ...chosen, ...Object.fromEntries(written) };
}

/** A CA that a file reference stands for must hold certificates; where the text itself is wrong, it says so. */
function caProblems(spec: NodeSpec, facts: ClusterFacts, texts: ReadonlyMap<string, string>): Diagnostic[] {
  const mirrorCa = spec.artifacts.ca === null ? undefined : texts.get(spec.artifacts.ca.at);
  return [
    { path: 'cluster.ca', pem: facts.ca },
    { path: 'artifacts.ca', pem: mirrorCa },
  ].flatMap(({ path, pem }) => {
    const message = pem === undefined ? undefined : certificateProblem(pem);
    return message === undefined
      ? []
      : [
          {
            severity: 'error',
            code: 'config/certificate',
            path,
            message,
            hint: 'a CA is PEM text: -----BEGIN CERTIFICATE-----',
          },
        ];
  });
}

async function readConfig(file: string, world: World): Promise<Result<string>> {
  try {
    return ok(await readText(resolve(world.cwd, file)));
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    const hint = '`--config FILE` names another one; starters are in templates/config';
    const message = `can't read ${file}: ${error.reason}`;
    return { ok: false, errors: [{ severity: 'error', code: 'config/no-file', message, hint }] };
  }
}

export interface PlannedConfig {
  readonly spec: NodeSpec;
  readonly facts: ClusterFacts;
  readonly plan: NodePlan;
  /** The text of a file that the config names. */
  readonly file: (ref: FileRef) => string;
  /** The problem with its place in the config, where its path has one there. */
  readonly located: (problem: Diagnostic) => Diagnostic;
}

/**
 * From a config file to the plan of its node: read, check, plan. Nothing is written and nothing is created. Returns
 * every problem at once, located in the config where it has a place there.
 */
export async function planConfig(file: string, world: World): Promise<Result<PlannedConfig>> {
  const text = await readConfig(file, world);
  if (!text.ok) return text;
  const loaded = loadSpec(text.value, file, definitions);
  if (!loaded.ok) return loaded;
  const { spec, locate } = loaded.value;
  const folder = dirname(resolve(world.cwd, file));
  const { texts, problems } = await readInputs(spec, {
    env: world.env,
    resolve: (path) => resolve(folder, path),
  });
  const found: Diagnostic[] = [...loaded.warnings, ...problems];
  const located = (problem: Diagnostic): Diagnostic =>
    problem.location !== undefined || problem.path === undefined
      ? problem
      : { ...problem, location: locate(problem.path) };
  const failed = () => ({ ok: false, errors: found.map(located) }) as const;
  if (problems.length > 0) return failed();
  const facts = clusterFacts(spec, texts);
  const lock =
    spec.artifacts.lock === null
      ? ok(null)
      : parseLock(texts.get(spec.artifacts.lock.at) ?? '', spec.artifacts.lock.file);
  found.push(...(facts.ok ? facts.warnings : facts.errors), ...(lock.ok ? lock.warnings : lock.errors));
  if (!facts.ok || !lock.ok) return failed();
  found.push(...checkFacts(loaded.value, facts.value), ...caProblems(spec, facts.value, texts));
  const read = ({ at }: { readonly at: string }): string => texts.get(at) ?? '';
  const plan = planNode(spec, {
    spec,
    facts: facts.value,
    lock: lock.value,
    versions: chooseVersions(spec, facts.value),
    templates: nodeTemplates(),
    file: read,
    secret: read,
    report: (path, problem) => found.push({ ...problem, path }),
  });
  return settle({ spec, facts: facts.value, plan, file: read, located }, found.map(located));
}
