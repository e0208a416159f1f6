import { join, resolve } from 'node:path';
import type { Result } from '../../diagnostics/diagnostic.ts';
import { stagedFolder } from '../../io/staged-folder.ts';
import { UnwritableFile, writePrivate } from '../../io/write.ts';
import type { FactsOptions } from '../cluster-facts.ts';
import { exitCodeOf, exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { checkFleet } from '../fleet/check.ts';
import type { CheckedFleet } from '../fleet/check.ts';
import { manifest, manifestName } from '../fleet/manifest.ts';
import { fleetPlanner } from '../fleet/planner.ts';
import { readFleet } from '../fleet/read-fleet.ts';
import { nodesOf, renderNodes } from '../fleet/render-nodes.ts';
import type { Shard } from '../fleet/shard.ts';
import { outputOf } from '../payload.ts';
import type { ImageOption, OutputOptions } from '../payload.ts';
import { withBar } from '../progress-bar.ts';
import { printDiagnostics, printProblem } from '../report.ts';
import type { World } from '../world.ts';

export interface RenderOptions extends FactsOptions, OutputOptions {
  readonly config: string;
  readonly nodes?: string;
  readonly out: string;
  readonly image: ImageOption;
  readonly shard?: Shard;
}

const number = (count: number): string => count.toLocaleString('en-US');

/** The value of a result whose problems are printed, or how the command ends. */
async function printed<T>(result: Result<T>, world: World): Promise<{ readonly value: T } | ExitCode> {
  await printDiagnostics(result.ok ? result.warnings : result.errors, world);
  return result.ok ? { value: result.value } : exitCodeOf(result.errors);
}

async function checked(options: RenderOptions, world: World): Promise<CheckedFleet | ExitCode> {
  const read = await printed(await readFleet(options, world), world);
  if (typeof read === 'number') return read;
  const { fleet, problems } = await withBar('checking', read.value.rows.length, world, (advance) =>
    checkFleet(read.value, advance),
  );
  const errors = problems.filter(({ severity }) => severity === 'error');
  // What is no error is said when the nodes are rendered.
  await printDiagnostics(errors.length > 0 ? problems : [], world);
  return errors.length > 0 ? exitCodeOf(errors) : fleet;
}

async function renderAll(fleet: CheckedFleet, options: RenderOptions, world: World): Promise<ExitCode> {
  const { image, config, shard = null } = options;
  const nodes = nodesOf(fleet, options.shard);
  const [first] = fleet.rows;
  const loaded = first === undefined ? undefined : fleet.read(first, 0);
  if (loaded?.ok !== true) throw new Error('a checked fleet has a first node');
  const planner = await printed(await fleetPlanner(loaded.value, options, world), world);
  if (typeof planner === 'number') return planner;
  const renderer = { fleet, planner: planner.value, image, config, output: outputOf(options) };
  const out = resolve(world.cwd, options.out);
  const staged = await stagedFolder(
    out,
    shard === null ? 'partial' : `partial-${shard.number}-of-${shard.of}`,
  );
  let kept = 0;
  const rendered = await withBar('rendering', nodes.length, world, (advance) =>
    renderNodes(
      renderer,
      nodes,
      {
        drafts: false,
        put: ({ entry, content }) => void (kept += staged.put(entry.file, content) === 'kept' ? 1 : 0),
        advance,
      },
      world,
    ),
  );
  const entries = await printed(rendered, world);
  if (typeof entries === 'number') {
    await staged.drop();
    return entries;
  }
  await staged.commit();
  const head = { cluster: loaded.value.spec.cluster.kind, image, nodes: fleet.rows.length };
  await writePrivate(join(out, manifestName(shard)), manifest(head, shard, entries.value));
  const had = kept === 0 ? '' : `, ${number(kept)} of them were there`;
  await world.stderr.write(`${number(nodes.length)} payloads in ${options.out}${had}\n`);
  return exitCodes.ok;
}

/** `flexgen render`: a payload for each node of a fleet, all of them or none. */
export async function render(options: RenderOptions, world: World): Promise<ExitCode> {
  const fleet = await checked(options, world);
  if (typeof fleet === 'number') return fleet;
  try {
    return await renderAll(fleet, options, world);
  } catch (error) {
    if (!(error instanceof UnwritableFile)) throw error;
    await printProblem(
      `can't write ${options.out}: ${error.reason}`,
      'name a folder that you may write to',
      world,
    );
    return exitCodes.usage;
  }
}
