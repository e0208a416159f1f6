import { parseLock } from '../catalog/index.ts';
import type { Lock } from '../catalog/index.ts';
import type { Diagnostic, Result } from '../diagnostics/diagnostic.ts';
import { ok } from '../diagnostics/diagnostic.ts';
import { hasMinted } from '../io/inputs.ts';
import type { NodeSpec } from '../node/index.ts';
import { readerOf } from './azure-operator.ts';
import type { OperatorSource } from './azure-operator.ts';
import { namedCaProblems } from './certificates.ts';
import type { FactsOptions } from './cluster-facts.ts';
import { openConfig, textOf } from './open-config.ts';
import type { OpenConfig, Texts } from './open-config.ts';
import type { World } from './world.ts';

/** The lock file, if there is one, and what is wrong with it and with the CAs that a config names. */
export function checkTexts(
  spec: NodeSpec,
  texts: Texts,
): { readonly lock: Result<Lock | null>; readonly found: readonly Diagnostic[] } {
  const { lock: ref } = spec.artifacts;
  const lock: Result<Lock | null> = ref === null ? ok(null) : parseLock(textOf(texts)(ref), ref.file);
  const found = [...(lock.ok ? lock.warnings : lock.errors), ...namedCaProblems(spec, texts)];
  return { lock, found };
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

export interface ReadOptions extends FactsOptions {
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
  const failed = (errors: readonly Diagnostic[]) => ({ ok: false, errors: errors.map(located) }) as const;
  if (problems.length > 0) return failed([...options.found, ...problems]);
  const { lock, found: ofTexts } = checkTexts(loaded.spec, texts);
  const found = [...options.found, ...ofTexts];
  // Azure is asked last: nobody waits for it to hear of a mistake in a file.
  if (!lock.ok || (cluster.kind === 'resource-id' && hasError(found))) return failed(found);
  const reader = readerOf(loaded.spec, texts, world);
  return ok({ loaded, located, texts, lock: lock.value, reader, bakes, found });
}

const hasError = (found: readonly Diagnostic[]) => found.some(({ severity }) => severity === 'error');
