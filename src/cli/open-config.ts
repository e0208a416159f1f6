import { dirname, resolve } from 'node:path';
import { loadSpec } from '../config/index.ts';
import { fleetCode } from '../config/load.ts';
import type { LoadedOf, Overrides } from '../config/load.ts';
import type { FileRef, SecretRef } from '../config/spec.ts';
import type { Diagnostic, Result } from '../diagnostics/diagnostic.ts';
import { ok, refused } from '../diagnostics/diagnostic.ts';
import { readInputs, secretVariables } from '../io/inputs.ts';
import type { Inputs } from '../io/inputs.ts';
import type { Surroundings } from '../io/secret.ts';
import { withhold } from '../io/program-env.ts';
import { UnreadableFile, readText } from '../io/text.ts';
import { definitions } from './definitions.ts';
import type { World } from './world.ts';

/** A config, or a row of a fleet, that holds by itself. */
export type Loaded = LoadedOf<typeof definitions>;

/** A config that holds by itself. Nothing that it names has been read. */
export interface OpenConfig {
  readonly loaded: Loaded;
  /** Reads every file and secret that stands anywhere in a part of the Spec. */
  readonly inputs: (part: object) => Promise<Inputs>;
  /** The problem with its place in the config, where its path has one there. */
  readonly located: (problem: Diagnostic) => Diagnostic;
}

/** The texts that were read, by the config path of their reference. */
export type Texts = ReadonlyMap<string, string>;

export const textOf =
  (texts: Texts) =>
  ({ at }: FileRef | SecretRef): string =>
    texts.get(at) ?? '';

/** The same where what was not read must not be taken for empty: a file goes to the node as it is. */
export const fileOf =
  (texts: Texts) =>
  ({ at }: FileRef): string => {
    const text = texts.get(at);
    if (text === undefined) throw new Error(`what ${at} names was not read`);
    return text;
  };

async function readConfig(file: string, world: World): Promise<Result<string>> {
  try {
    return ok(await readText(resolve(world.cwd, file)));
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    const hint = '`--config FILE` names another one; starters are in templates/config';
    const message = `can't read ${file}: ${error.reason}`;
    return refused({ code: 'config/no-file', message, hint });
  }
}

/** Whether it is no config of one node, but of many. */
export const isOfFleet = (loaded: Result<unknown>): boolean =>
  !loaded.ok && loaded.errors.some(({ code }) => code === fleetCode);

/** The first node of a fleet: what an image holds is the same for all of them. */
async function firstOf(text: string, file: string, overrides: Overrides): Promise<Result<Loaded>> {
  const [{ openBase }, { nodeReader }] = await Promise.all([
    import('../config/fleet/base.ts'),
    import('../config/fleet/node.ts'),
  ]);
  const base = openBase(text, file, definitions, overrides);
  if (!base.ok) return base;
  const { rows, written } = base.value;
  const [first] = rows ?? [];
  return first === undefined
    ? { ok: false, errors: written.diagnostics() }
    : nodeReader(base.value)(first, 0);
}

/** From where a config's files and secrets are read. */
export function surroundingsOf(file: string, { cwd, env }: World): Surroundings {
  const folder = dirname(resolve(cwd, file));
  return { env, resolve: (path) => resolve(folder, path) };
}

export const locatedIn =
  (loaded: Loaded): OpenConfig['located'] =>
  (problem) =>
    problem.location !== undefined || problem.path === undefined
      ? problem
      : { ...problem, location: loaded.locate(problem.path) };

interface OpenOptions extends Overrides {
  /** Only what an image holds counts. */
  readonly bakes?: boolean;
}

/** A config that was read from this file. */
export function configOf(loaded: Loaded, file: string, world: World): OpenConfig {
  const surroundings = surroundingsOf(file, world);
  withhold(secretVariables(loaded.spec));
  return { loaded, inputs: (part) => readInputs(part, surroundings), located: locatedIn(loaded) };
}

/** Reads and checks a config file. Returns every problem at once. */
export async function openConfig(
  file: string,
  overrides: OpenOptions,
  world: World,
): Promise<Result<OpenConfig>> {
  const text = await readConfig(file, world);
  if (!text.ok) return text;
  const single = loadSpec(text.value, file, definitions, overrides);
  const loaded =
    isOfFleet(single) && overrides.bakes === true ? await firstOf(text.value, file, overrides) : single;
  if (!loaded.ok) return loaded;
  return ok(configOf(loaded.value, file, world), loaded.warnings);
}
