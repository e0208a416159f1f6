import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { compareReviews } from '../../render/review/compare.ts';
import { reviewBoth } from '../../render/review/index.ts';
import { exitCodeOf, exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { printedJson } from '../print.ts';
import { changesOf, printDiagnostics, printProblem } from '../report.ts';
import { diffText } from '../review/diff-text.ts';
import { openPayload } from '../review/open.ts';
import type { World } from '../world.ts';

export interface DiffOptions {
  readonly json?: boolean;
}

/** `flexgen diff A B`: what differs inside two payloads, whatever they are wrapped in. Ends with 5 if anything does. */
export async function diff(
  files: readonly [string, string],
  options: DiffOptions,
  world: World,
): Promise<ExitCode> {
  if (files.every((file) => file === '-')) {
    await printProblem('standard input can be only one of the two', 'name a file for the other one', world);
    return exitCodes.usage;
  }
  const before = await openPayload(files[0], world);
  const after = await openPayload(files[1], world);
  if (!before.ok || !after.ok) {
    const problems: readonly Diagnostic[] = [before, after].flatMap((one) => (one.ok ? [] : one.errors));
    await printDiagnostics(problems, world);
    return exitCodeOf(problems);
  }
  const differences = compareReviews(...reviewBoth(before.value, after.value));
  if (options.json === true) await world.stdout.write(printedJson(differences));
  else {
    await world.stdout.write(diffText(differences, files, world));
    const count = differences.length === 0 ? 'no difference' : changesOf(differences.length);
    await world.stderr.write(`${files.join(' -> ')}: ${count}\n`);
  }
  return differences.length === 0 ? exitCodes.ok : exitCodes.check;
}
