import type { Diagnostic, Result } from '../diagnostics/diagnostic.ts';
import { exitCodeOf } from './exit-codes.ts';
import type { ExitCode } from './exit-codes.ts';
import { formatDiagnostics } from './print.ts';
import { wantsColor } from './world.ts';
import type { World } from './world.ts';

/** All diagnostics of a run on standard error, in the order in which they stand in their files. */
export async function printDiagnostics(diagnostics: readonly Diagnostic[], world: World): Promise<void> {
  if (diagnostics.length === 0) return;
  await world.stderr.write(formatDiagnostics(diagnostics, { color: wantsColor(world.stderr, world.env) }));
}

/** The value of a result whose problems are printed, or how the command ends without it. */
export async function printed<T>(
  result: Result<T>,
  world: World,
  endOf: (errors: readonly Diagnostic[]) => ExitCode = exitCodeOf,
): Promise<{ readonly value: T } | ExitCode> {
  await printDiagnostics(result.ok ? result.warnings : result.errors, world);
  return result.ok ? { value: result.value } : endOf(result.errors);
}

/** A problem of the command line or of the system, which has no place in a file. */
export async function printProblem(message: string, hint: string, world: World): Promise<void> {
  await printDiagnostics([{ severity: 'error', code: 'cli/problem', message, hint }], world);
}

/** A number of changes in words. */
export const changesOf = (count: number): string => `${count} ${count === 1 ? 'change' : 'changes'}`;
