import { isAbsolute, join, relative, resolve } from 'node:path';
import { newBuildKey, publicKeyOf } from '../../io/build-key.ts';
import { filesBelow, writeFolder } from '../../io/folder.ts';
import { packerText } from '../../io/packer-texts.ts';
import { UnreadableFile, readText } from '../../io/text.ts';
import { UnwritableFile } from '../../io/write.ts';
import { textFile } from '../../render/packer/file.ts';
import { packerFolder } from '../../render/packer/folder.ts';
import { isOurs, isStranger } from '../../render/packer/ours.ts';
import { defaultSource, imageSources } from '../../render/packer/sources/index.ts';
import type { FactsOptions } from '../cluster-facts.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { planConfig } from '../plan-config.ts';
import type { PlannedConfig } from '../plan-config.ts';
import { printProblem, printed } from '../report.ts';
import { version } from '../version.ts';
import type { World } from '../world.ts';

export interface PackerOptions extends Omit<FactsOptions, 'sources'> {
  readonly config: string;
  readonly out: string;
  /** Kinds of image sources. */
  readonly source?: readonly string[];
}

const keyFile = 'build-key';

/** The build user's key of an earlier run: who bakes an image again need not make its seed known anew. */
async function buildKey(folder: string): Promise<string> {
  try {
    const kept = await readText(join(folder, keyFile));
    if (publicKeyOf(kept) !== undefined) return kept;
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
  }
  return newBuildKey();
}

/** Why a folder may not be replaced, or undefined. */
function refusal(folder: string, files: readonly string[], { cwd }: World): string | undefined {
  const below = relative(folder, cwd);
  // A shell whose folder is replaced stands in one that is gone.
  if (!below.startsWith('..') && !isAbsolute(below)) return 'it is the folder that you are in';
  if (files.length > 0 && !isOurs(files)) return 'it has files, and flexgen has not made it';
  const stranger = files.find(isStranger);
  return stranger === undefined ? undefined : `it has a file that is not flexgen’s: ${stranger}`;
}

async function write(planned: PlannedConfig, kinds: readonly string[], folder: string): Promise<void> {
  const { plan, spec } = planned;
  const sources = imageSources.filter(({ kind }) => kinds.includes(kind));
  const key = await buildKey(folder);
  const files = packerFolder({
    plan,
    sources,
    machine: spec.node,
    cloud: spec.azure.cloud,
    settings: spec.image.sources,
    publicKey: publicKeyOf(key) ?? '',
    version,
    text: packerText,
  });
  const secret = [textFile(keyFile, key, 0o600), textFile('.gitignore', `${keyFile}\n`)];
  await writeFolder(folder, [...files, ...secret]);
}

/** `flexgen packer`: a folder that `packer build` takes as it is, whole or not at all. No secret of a node is read. */
export async function packer({ source, ...options }: PackerOptions, world: World): Promise<ExitCode> {
  const sources = (written: readonly string[]) =>
    source ?? (written.length === 0 ? [defaultSource] : written);
  const choice = { ...options, sources, bakes: true };
  const planned = await printed(await planConfig(options.config, choice, world), world);
  if (typeof planned === 'number') return planned;
  const folder = resolve(world.cwd, options.out);
  try {
    const reason = refusal(folder, await filesBelow(folder), world);
    if (reason !== undefined) throw new UnwritableFile(folder, reason);
    await write(planned.value, sources(Object.keys(planned.value.spec.image.sources)), folder);
  } catch (error) {
    if (!(error instanceof UnwritableFile)) throw error;
    const hint = 'name a folder that is not there yet, or one that flexgen has made';
    await printProblem(`can't write ${options.out}: ${error.reason}`, hint, world);
    return exitCodes.usage;
  }
  await world.stderr.write(
    `${options.out} makes flexgen-${planned.value.plan.image.id}: \`packer init ${options.out} && packer build ${options.out}\`\n`,
  );
  return exitCodes.ok;
}
