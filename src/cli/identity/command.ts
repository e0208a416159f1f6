import type { Result } from '../../diagnostics/diagnostic.ts';
import { orRefused } from '../cluster/refusal.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { Texts } from '../open-config.ts';
import type { PlannedConfig } from '../plan-config.ts';
import { withProgress } from '../progress.ts';
import { printDiagnostics } from '../report.ts';
import type { World } from '../world.ts';
import { lookAround } from './setup-look.ts';
import type { SetupOptions } from './setup-look.ts';
import { setUp, showSetup, writesOf } from './setup.ts';

interface Options extends SetupOptions {
  readonly dryRun?: boolean;
}

async function act(
  planned: PlannedConfig,
  options: Options,
  world: World,
): Promise<Result<Texts> | ExitCode> {
  const looked = await withProgress('looking at what is there', world, () =>
    lookAround(planned, options, world),
  );
  if (!looked.ok) return looked;
  await printDiagnostics(looked.warnings.map(planned.located), world);
  if (options.dryRun !== true) return await setUp(looked.value, (text) => world.stderr.write(text));
  await showSetup(looked.value, (text) => world.stdout.write(text));
  const count = writesOf(looked.value);
  const todo = count === 0 ? 'nothing would change' : `${count} would be made`;
  await world.stderr.write(`${planned.facts.name}: ${todo}, and the payload can be rendered\n`);
  return exitCodes.ok;
}

/**
 * Makes what a config's payload depends on and returns what was minted; with `dryRun`, prints what that would be and ends.
 */
export async function setUpFor(
  planned: PlannedConfig,
  options: Options,
  world: World,
): Promise<Result<Texts> | ExitCode> {
  return await orRefused(world, () => act(planned, options, world));
}
