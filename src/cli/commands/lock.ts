import { formatLock } from '../../catalog/index.ts';
import type { Lock } from '../../catalog/index.ts';
import type { Result } from '../../diagnostics/diagnostic.ts';
import { ok } from '../../diagnostics/diagnostic.ts';
import { jsonDocument } from '../../encode/document.ts';
import { deliverShared } from '../deliver.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { openConfig } from '../open-config.ts';
import { withProgress } from '../progress.ts';
import { changesOf, printed } from '../report.ts';
import { differencesOf } from '../supply/differences.ts';
import type { Difference } from '../supply/differences.ts';
import { supplyExit } from '../supply/exit.ts';
import { lockPlace, readLock } from '../supply/lock-file.ts';
import type { LockPlace } from '../supply/lock-file.ts';
import { needsOf } from '../supply/needs.ts';
import type { NeedsOptions } from '../supply/needs.ts';
import { newLock } from '../supply/new-lock.ts';
import type { World } from '../world.ts';

export interface LockOptions extends NeedsOptions {
  readonly config: string;
  readonly out?: string;
  readonly check?: boolean;
  readonly json?: boolean;
}

/** A lock file as it is, and as it should be. */
interface Renewal {
  readonly place: LockPlace;
  readonly before: Lock | null;
  readonly next: Lock;
  /** Whether the config names that file. */
  readonly isNamed: boolean;
}

const empty: Lock = { artifacts: [], images: [] };

async function renewal(options: LockOptions, world: World): Promise<Result<Renewal>> {
  const opened = await openConfig(options.config, options, world);
  if (!opened.ok) return opened;
  const { out } = options;
  const { spec } = opened.value.loaded;
  const place = lockPlace(
    spec,
    { config: options.config, ...(out === undefined ? {} : { file: out }) },
    world,
  );
  const before = await readLock(place);
  if (!before.ok) return before;
  const needs = await needsOf(opened.value, options, world);
  if (!needs.ok) return needs;
  const next = await withProgress('reading upstream’s checksums', world, () =>
    newLock(needs.value, before.value ?? empty, { env: world.env }),
  );
  const warnings = [...opened.warnings, ...needs.warnings];
  if (!next.ok) return { ok: false, errors: [...warnings, ...next.errors] };
  const isNamed = spec.artifacts.lock !== null;
  return ok({ place, before: before.value, next: next.value, isNamed }, warnings);
}

const marks = { added: '+', removed: '-', changed: '~' } as const satisfies Record<
  Difference['kind'],
  string
>;

const counted = (count: number, thing: string): string => `${count} ${thing}${count === 1 ? '' : 's'}`;

const contents = ({ artifacts, images }: Lock): string =>
  [
    counted(artifacts.length, 'download'),
    ...(images.length === 0 ? [] : [counted(images.length, 'image')]),
  ].join(' and ');

async function check(
  { place, before, next }: Renewal,
  differences: readonly Difference[],
  world: World,
): Promise<ExitCode> {
  if (differences.length === 0 && before !== null) {
    await world.stderr.write(`${place.name} is as upstream publishes it: ${contents(next)}\n`);
    return exitCodes.ok;
  }
  const what = before === null ? 'is not there yet' : `lacks ${changesOf(differences.length)}`;
  await world.stderr.write(`${place.name} ${what}: run \`flexgen lock\`\n`);
  return exitCodes.check;
}

async function write(
  { place, next, isNamed }: Renewal,
  differences: readonly Difference[],
  world: World,
): Promise<ExitCode> {
  const code = await deliverShared(place.name, place.path, formatLock(next), world);
  if (code !== exitCodes.ok) return code;
  const changes = differences.length === 0 ? 'nothing has changed' : changesOf(differences.length);
  await world.stderr.write(`${place.name}: ${contents(next)}; ${changes}\n`);
  if (!isNamed) await world.stderr.write(`name it in the config: \`artifacts: {lock: ${place.name}}\`\n`);
  return exitCodes.ok;
}

/** `flexgen lock`: URLs and digests of all that the nodes download, as upstream says, into the lock file. */
export async function lock(options: LockOptions, world: World): Promise<ExitCode> {
  const found = await printed(await renewal(options, world), world, supplyExit);
  if (typeof found === 'number') return found;
  const { before, next } = found.value;
  const differences = differencesOf(before ?? empty, next);
  if (options.json === true) await world.stdout.write(jsonDocument({ changes: differences }));
  else for (const { kind, entry } of differences) await world.stdout.write(`${marks[kind]} ${entry}\n`);
  return await (options.check === true ? check : write)(found.value, differences, world);
}
