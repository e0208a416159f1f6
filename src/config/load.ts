import { settle, type Diagnostic, type Result, type SourceLocation } from '../diagnostics/diagnostic.ts';
import type { DataMap } from './data.ts';
import { createChecker, readDocument, type Checker, type Document } from './document.ts';
import type { CloudName } from './clouds.ts';
import type { ClusterFacts } from './facts.ts';
import type { ModeSchema, ReadContext, SourceSchema } from './mode.ts';
import { formatPath, parsePath } from './path.ts';
import type { RawConfig, RawMode } from './raw-config.ts';
import { readCluster, readFacts } from './read/cluster.ts';
import { readFile, readSecret } from './read/references.ts';
import { sourceProblems, withSources } from './read/sources.ts';
import { readRest } from './read/spec.ts';
import { factRules, rules } from './rules/index.ts';
import type { RuleContext } from './rules/rule.ts';
import { assembleSchema } from './schema/assemble.ts';
import type { AuthBase, AzureSpec, NetworkBase, Spec } from './spec.ts';

/** What a config may choose from. It stands a floor above; the Spec's unions of modes follow from it. */
export interface Definitions {
  readonly auth: readonly ModeSchema<AuthBase>[];
  readonly network: readonly ModeSchema<NetworkBase>[];
  readonly sources: readonly SourceSchema[];
  readonly targets: readonly string[];
  readonly envelopes: readonly string[];
}

type ModeList = readonly ModeSchema<{ readonly mode: string }>[];
type ModeOf<List extends ModeList> = ReturnType<List[number]['read']>;

/** A config that holds, and what is needed to say more about it later. */
export interface Loaded<A extends AuthBase = AuthBase, N extends NetworkBase = NetworkBase> {
  readonly spec: Spec<A, N>;
  /** Where a config path stands: its value, or its key if that is written below; a default stands where it could be. */
  readonly locate: (path: string, target?: 'key' | 'value') => SourceLocation;
  /** The file's own data, without defaults. */
  readonly raw: Readonly<Record<string, unknown>>;
  /** What the rules look at. */
  readonly config: RawConfig;
  /** Whether the file itself has this path. */
  readonly written: Document['written'];
}

/** What a command line may say in a config's place. */
export interface Overrides {
  /** The Azure cloud. */
  readonly cloud?: CloudName;
  /** The sources that are used, given those that the config has: one that it lacks is taken for empty. */
  readonly sources?: (written: readonly string[]) => readonly string[];
}

/** What a config of these definitions is, once it is read. */
export type LoadedOf<D extends Definitions> = Loaded<ModeOf<D['auth']>, ModeOf<D['network']>>;

/** The code of the problem that a config is one of many nodes. */
export const fleetCode = 'config/of-fleet';

const checkers = new WeakMap<Definitions, Checker>();

/** The schema of the config, and its check. */
export function checkerOf(definitions: Definitions): Checker {
  const checker = checkers.get(definitions) ?? createChecker(assembleSchema(definitions));
  checkers.set(definitions, checker);
  return checker;
}

function isRawConfig(data: unknown): data is RawConfig {
  // The schema has made it one: this says so to the compiler, and asks for the one part that the rules start from.
  return typeof data === 'object' && data !== null && 'node' in data;
}

function isModeOf<List extends ModeList>(mode: unknown): mode is ModeOf<List> {
  // What a list's own definition reads is of the list's union: the type of `find` can't say so.
  return mode !== undefined;
}

function readMode<List extends ModeList>(
  raw: RawMode | undefined,
  modes: List,
  azure: AzureSpec,
  document: Document,
): ModeOf<List> | undefined {
  const context: ReadContext = {
    secret: readSecret,
    file: readFile,
    written: (at) => document.written(parsePath(at)),
    azure,
    report: (at, problem, target = 'value') => document.report({ ...problem, path: parsePath(at), target }),
  };
  const mode =
    raw === undefined
      ? undefined
      : modes.find((candidate) => candidate.mode === raw.mode)?.read(raw, context);
  return isModeOf<List>(mode) ? mode : undefined;
}

/**
 * Reads a config: `text` as it stands in the file, `file` as messages should call it. Fails with every problem of the
 * file at once, each with its place, in the file's order. For an inline cluster the rules about the cluster are among
 * them; for the others see `checkFacts`. What `overrides` say, which is said for one run, wins over the file.
 */
export function loadSpec<D extends Definitions>(
  text: string,
  file: string,
  definitions: D,
  overrides: Overrides = {},
): Result<LoadedOf<D>> {
  const complete = completion(overrides);
  const document = readDocument(text, file, 'the config', checkerOf(definitions), complete);
  if (document.raw?.['nodes'] !== undefined) return { ok: false, errors: [ofFleet(document)] };
  return specOf(document, definitions, overrides);
}

/** Not one of its nodes is known here, and what they have in common need not hold by itself. */
const ofFleet = ({ locate }: Document): Diagnostic => ({
  severity: 'error',
  code: fleetCode,
  path: 'nodes',
  message: 'this config is of a fleet: `nodes` says so',
  hint: '`flexgen render --out FOLDER` writes a payload for each node',
  location: locate(['nodes'], 'key'),
});

const completion = ({ sources }: Overrides): ((written: DataMap) => DataMap) =>
  sources === undefined ? (written) => written : withSources(sources);

/** What a config says that has been read: its rules are checked. */
export function specOf<D extends Definitions>(
  document: Document,
  definitions: D,
  overrides: Overrides,
): Result<LoadedOf<D>> {
  const { cloud } = overrides;
  const { data, raw, written } = document;
  const failed = () => ({ ok: false, errors: document.diagnostics() }) as const;
  if (!isRawConfig(data) || raw === undefined) return failed();
  const context: RuleContext = {
    config: data,
    written,
    report: (path, problem, target = 'value') =>
      document.report({ severity: 'error', ...problem, path, target }),
  };
  for (const rule of rules) rule(context);
  const facts = data.cluster === undefined ? undefined : readFacts(data.cluster);
  if (facts !== undefined) for (const rule of factRules) rule(context, facts);
  for (const problem of sourceProblems(completion(overrides)(raw), definitions.sources))
    document.report(problem);
  const { azure } = data;
  const rest = readRest({ ...data, azure: cloud === undefined ? azure : { ...azure, cloud } });
  const auth = readMode<D['auth']>(data.auth, definitions.auth, rest.azure, document);
  const network = readMode<D['network']>(data.network, definitions.network, rest.azure, document);
  const cluster = data.cluster === undefined ? undefined : readCluster(data.cluster);
  if (cluster === undefined || auth === undefined || network === undefined) return failed();
  const spec = { ...rest, cluster, auth, network };
  const locate = (path: string, target?: 'key' | 'value') => document.locate(parsePath(path), target);
  return settle({ spec, raw, config: data, written, locate }, document.diagnostics());
}

/**
 * What is wrong with a config for this cluster: overlapping networks, versions that do not suit, fields that this kubelet
 * does not know. Nothing for an inline cluster: `loadSpec` has reported it.
 */
export function checkFacts({ spec, config, written, locate }: Loaded, facts: ClusterFacts): Diagnostic[] {
  if (spec.cluster.kind === 'inline') return [];
  const found: Diagnostic[] = [];
  const context: RuleContext = {
    config,
    written,
    report(at, problem, target) {
      const path = formatPath(at);
      found.push({ severity: 'error', ...problem, path, location: locate(path, target) });
    },
  };
  for (const rule of factRules) rule(context, facts);
  return found;
}
