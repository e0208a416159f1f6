import { join, resolve } from 'node:path';
import { resolveArtifact } from '../../catalog/index.ts';
import type { Arch, Lock } from '../../catalog/index.ts';
import type { Overrides } from '../../config/load.ts';
import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import { ok } from '../../diagnostics/diagnostic.ts';
import { jsonDocument } from '../../encode/document.ts';
import { alsoAs } from '../../io/partial-file.ts';
import { UnwritableFile, writeShared } from '../../io/write.ts';
import { deliverShared } from '../deliver.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { openConfig } from '../open-config.ts';
import { withProgress } from '../progress.ts';
import { printDiagnostics, printProblem, printed } from '../report.ts';
import type { Delivered } from '../supply/download.ts';
import { downloadAll } from '../supply/download-all.ts';
import { supplyExit } from '../supply/exit.ts';
import { itemsOf } from '../supply/items.ts';
import { lockPlace, readLock } from '../supply/lock-file.ts';
import type { LockPlace } from '../supply/lock-file.ts';
import { blobOf, ociLayout } from '../supply/oci-layout.ts';
import type { World } from '../world.ts';

export interface BundleOptions extends Overrides {
  readonly config: string;
  readonly out: string;
  /** In place of the config's; then no config is needed. */
  readonly lock?: string;
  readonly arch?: Arch;
  readonly json?: boolean;
  /** The folder is an OCI image layout too. */
  readonly oci?: boolean;
}

const noLock = ({ name }: LockPlace): Diagnostic => ({
  severity: 'error',
  code: 'catalog/no-lock',
  message: `there is no lock file ${name}`,
  hint: 'run `flexgen lock` first: it says what there is to download',
});

async function place(options: BundleOptions, world: World): Promise<Result<LockPlace>> {
  if (options.lock !== undefined) return ok({ name: options.lock, path: resolve(world.cwd, options.lock) });
  const opened = await openConfig(options.config, options, world);
  return opened.ok ? ok(lockPlace(opened.value.loaded.spec, options, world), opened.warnings) : opened;
}

/** The lock, for one architecture or for all; an entry that upstream has published otherwise is an error. */
async function lockFor(options: BundleOptions, world: World): Promise<Result<Lock>> {
  const where = await place(options, world);
  if (!where.ok) return where;
  const lock = await readLock(where.value);
  if (!lock.ok) return lock;
  if (lock.value === null) return { ok: false, errors: [noLock(where.value)] };
  const isWanted = ({ arch }: { readonly arch: Arch }) => options.arch === undefined || arch === options.arch;
  const [artifacts, images] = [lock.value.artifacts.filter(isWanted), lock.value.images.filter(isWanted)];
  const wanted = { artifacts, images };
  const errors = artifacts.flatMap(({ name, version, arch }) => {
    const resolved = resolveArtifact(name, version, arch, wanted);
    return resolved.ok ? [] : resolved.errors;
  });
  return errors.length > 0 ? { ok: false, errors } : ok(wanted, where.warnings);
}

const mega = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

function summary(files: readonly Delivered[]): string {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const kept = files.filter((file) => file.kept).length;
  const had = kept === 0 ? '' : `, ${kept} of them there before`;
  return `${files.length} files, ${mega(bytes)}${had}`;
}

/** What `sha256sum -c` reads, for whoever carries the folder. */
const sums = (files: readonly Delivered[]): string =>
  files
    .map(({ sha256, path }) => `${sha256}  ${path}\n`)
    .toSorted((a, b) => (a.slice(66) < b.slice(66) ? -1 : 1))
    .join('');

/** Makes the folder one that tools for registries copy. */
async function makeLayout(files: readonly Delivered[], folder: string): Promise<void> {
  for (const { path, sha256 } of files) await alsoAs(join(folder, path), join(folder, blobOf(sha256)));
  for (const { path, text } of ociLayout(files)) await writeShared(join(folder, path), text);
}

async function fill(options: BundleOptions, lock: Lock, world: World): Promise<ExitCode> {
  const { out } = options;
  const folder = resolve(world.cwd, out);
  const items = itemsOf(lock, { env: world.env });
  const state = { bytes: 0, files: 0 };
  const began = Date.now();
  const words = (): string => {
    const rate = mega((state.bytes * 1000) / Math.max(1, Date.now() - began));
    return `${state.files} of ${items.length} files, ${mega(state.bytes)} downloaded, ${rate}/s`;
  };
  const results = await withProgress(words, world, () =>
    downloadAll(items, (path) => join(folder, path), state),
  );
  const problems = results.flatMap((one) => ('severity' in one ? [one] : []));
  const files = results.flatMap((one) => ('severity' in one ? [] : [one]));
  await printDiagnostics(problems, world);
  if (options.json === true) await world.stdout.write(jsonDocument({ files }));
  if (problems.length > 0) {
    await world.stderr.write(`${out} is not complete: ${summary(files)}; run this again for the rest\n`);
    return supplyExit(problems);
  }
  if (options.oci === true) await makeLayout(files, folder);
  const code = await deliverShared(join(out, 'SHA256SUMS'), join(folder, 'SHA256SUMS'), sums(files), world);
  if (code === exitCodes.ok) await world.stderr.write(`${out}: ${summary(files)}\n`);
  return code;
}

/** `flexgen bundle`: a folder with all that the lock file names, each verified, laid out as `artifacts.mirror` wants it. */
export async function bundle(options: BundleOptions, world: World): Promise<ExitCode> {
  const lock = await printed(await lockFor(options, world), world, supplyExit);
  if (typeof lock === 'number') return lock;
  try {
    return await fill(options, lock.value, world);
  } catch (error) {
    if (!(error instanceof UnwritableFile)) throw error;
    await printProblem(
      error.message,
      'what has arrived is kept: make room, or name another folder, and run this again',
      world,
    );
    return exitCodes.usage;
  }
}
