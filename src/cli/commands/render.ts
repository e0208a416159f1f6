import { join, resolve } from 'node:path';
import { stagedFolder } from '../../io/staged-folder.ts';
import type { StagedFolder } from '../../io/staged-folder.ts';
import { UnwritableFile, writePrivate } from '../../io/write.ts';
import type { ConnectOptions } from '../cluster/connect.ts';
import { orRefused } from '../cluster/refusal.ts';
import type { FactsOptions } from '../cluster-facts.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { draftFleet } from '../fleet/drafts.ts';
import type { Drafted, DraftOptions } from '../fleet/drafts.ts';
import { manifest, manifestName } from '../fleet/manifest.ts';
import type { ManifestEntry } from '../fleet/manifest.ts';
import { readFleet } from '../fleet/read-fleet.ts';
import type { RenderedNode } from '../fleet/renderer.ts';
import type { Shard } from '../fleet/shard.ts';
import type { SetupOptions } from '../identity/setup-look.ts';
import { outputOf } from '../payload.ts';
import type { ImageOption, OutputOptions } from '../payload.ts';
import { withBar } from '../progress-bar.ts';
import { printProblem, printed } from '../report.ts';
import type { World } from '../world.ts';
import { number } from '../../diagnostics/number.ts';

export interface RenderOptions extends FactsOptions, OutputOptions, ConnectOptions {
  readonly config: string;
  readonly nodes?: string;
  readonly out: string;
  readonly image: ImageOption;
  readonly shard?: Shard;
  readonly replace?: boolean;
  /** False with `--no-setup`. */
  readonly setup?: boolean;
}

const count = (things: number, one: string, many: string): string =>
  `${number(things)} ${things === 1 ? one : many}`;

/** The payloads of nodes for which something is made first; what was written stays for the next run where that fails. */
async function setUp(
  drafted: Drafted,
  put: (node: RenderedNode) => void,
  options: DraftOptions & SetupOptions,
  world: World,
): Promise<readonly ManifestEntry[] | ExitCode> {
  const { setUpAll } = await import('../fleet/set-up-all.ts');
  const made = await orRefused(world, () =>
    withBar('making ready', drafted.nodes.length, world, (advance) =>
      setUpAll(drafted, { options, put, advance }, world),
    ),
  );
  if (typeof made === 'number') return made;
  const ready = await printed(made, world);
  if (typeof ready === 'number') return ready;
  const { entries, changes } = ready.value;
  if (changes > 0)
    await world.stderr.write(`made ${count(changes, 'thing', 'things')} that nodes join with\n`);
  return entries;
}

async function renderInto(staged: StagedFolder, options: RenderOptions, world: World): Promise<ExitCode> {
  const fleet = await printed(await readFleet(options, world), world);
  if (typeof fleet === 'number') return fleet;
  const { rows } = fleet.value;
  const { shard = null } = options;
  const choice = {
    ...options,
    shard,
    output: outputOf(options),
    makesNothing: options.offline === true || options.setup === false,
  };
  let kept = 0;
  const put = ({ entry, content }: RenderedNode): void =>
    void (kept += staged.put(entry.file, content) === 'kept' ? 1 : 0);
  const draft = await withBar('rendering', rows.length, world, (advance) =>
    draftFleet(fleet.value, { options: choice, put, advance }, world),
  );
  const drafted = await printed(draft, world);
  if (typeof drafted === 'number') {
    staged.drop();
    return drafted;
  }
  const { unready, entries: ready } = drafted.value;
  const entries = unready === null ? ready : await setUp(drafted.value, put, choice, world);
  if (typeof entries === 'number') return entries;
  staged.commit();
  const text = manifest({ image: options.image, nodes: rows.length }, shard, entries);
  await writePrivate(join(resolve(world.cwd, options.out), manifestName(shard)), text);
  const had = kept === 0 ? '' : `, ${number(kept)} of them there already`;
  await world.stderr.write(`${count(entries.length, 'payload', 'payloads')} in ${options.out}${had}\n`);
  return exitCodes.ok;
}

/** `flexgen render`: a payload for each node of a fleet, all of them or none. */
export async function render(options: RenderOptions, world: World): Promise<ExitCode> {
  const { out, shard } = options;
  try {
    const stage = shard === undefined ? 'partial' : `partial-${shard.number}-of-${shard.of}`;
    return await renderInto(stagedFolder(resolve(world.cwd, out), stage), options, world);
  } catch (error) {
    if (!(error instanceof UnwritableFile)) throw error;
    await printProblem(`can't write ${out}: ${error.reason}`, 'name a folder that you may write to', world);
    return exitCodes.usage;
  }
}
