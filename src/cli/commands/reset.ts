import { jsonDocument } from '../../encode/document.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { isWrite } from '../action.ts';
import { orRefused } from '../cluster/refusal.ts';
import { connectionCode } from '../cluster/session.ts';
import { exitCodeOf, exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { withProgress } from '../progress.ts';
import { changesOf, printDiagnostics, printed } from '../report.ts';
import { carryOut } from '../reset/carry-out.ts';
import type { ResetOptions } from '../reset/carry-out.ts';
import { machineLine } from '../reset/line.ts';
import { leavingNodes } from '../reset/nodes.ts';
import { plannedDeeds } from '../reset/plan.ts';
import { lackingFor, prepare, retained } from '../reset/prepare.ts';
import type { Prepared, Retained } from '../reset/prepare.ts';
import { afterwards, reportData } from '../reset/report.ts';
import type { World } from '../world.ts';

async function dryRun(
  prepared: Prepared,
  taken: Retained,
  options: ResetOptions,
  world: World,
): Promise<ExitCode> {
  const deeds = plannedDeeds(prepared, taken, new Date());
  const { names, target } = prepared;
  if (options.json === true)
    await world.stdout.write(jsonDocument(reportData(prepared, { out: names, left: [], deeds })));
  else for (const { text } of deeds) await world.stdout.write(text);
  const count = deeds.filter(isWrite).length;
  await world.stderr.write(`${target.facts.name}: ${count === 0 ? 'nothing' : changesOf(count)} to make\n`);
  return exitCodes.ok;
}

/** From the command line to what was found; problems are printed, and the exit code returned. Throws ClusterRefused. */
async function lookAround(
  args: readonly string[],
  options: ResetOptions,
  world: World,
): Promise<{ readonly prepared: Prepared; readonly taken: Retained } | ExitCode> {
  const nodes = await printed(await leavingNodes(args, options, world), world, (errors) =>
    errors.some(({ code }) => code === 'cli/node-name') ? exitCodes.usage : exitCodeOf(errors),
  );
  if (typeof nodes === 'number') return nodes;
  const what = 'looking at what is there';
  const prepared = await printed(
    await withProgress(what, world, () => prepare(nodes.value, options, world)),
    world,
    connectionCode,
  );
  if (typeof prepared === 'number') return prepared;
  const taken = await retained(prepared.value, prepared.value.names, new Date());
  const lacking: readonly Diagnostic[] = taken.ok
    ? [...taken.warnings, ...(await lackingFor(prepared.value, taken.value))]
    : taken.errors;
  await printDiagnostics(lacking, world);
  if (!taken.ok || lacking.some(({ severity }) => severity === 'error')) return exitCodes.refused;
  return { prepared: prepared.value, taken: taken.value };
}

/** `flexgen reset`: takes nodes out of their cluster, with all that was made for them, and says what to run on the machines. */
export async function reset(args: readonly string[], options: ResetOptions, world: World): Promise<ExitCode> {
  return await orRefused(world, async () => {
    const found = await lookAround(args, options, world);
    if (typeof found === 'number') return found;
    const { prepared, taken } = found;
    if (options.dryRun === true) return await dryRun(prepared, taken, options, world);
    const done = await carryOut(prepared, options, world);
    await printDiagnostics(done.problems, world);
    if (options.json === true) await world.stdout.write(jsonDocument(reportData(prepared, done)));
    await world.stderr.write(afterwards(prepared, done));
    if (options.json !== true && done.out.length > 0) await world.stdout.write(`${machineLine}\n`);
    const isWhole = done.left.length === 0 && (prepared.cluster !== null || prepared.isGone);
    return isWhole && !done.problems.some(({ severity }) => severity === 'error')
      ? exitCodes.ok
      : exitCodes.refused;
  });
}
