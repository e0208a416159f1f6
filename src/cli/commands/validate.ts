import type { Result } from '../../diagnostics/diagnostic.ts';
import { ok } from '../../diagnostics/diagnostic.ts';
import type { FactsOptions } from '../cluster-facts.ts';
import { exitCodeOf, exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { isOfFleet } from '../open-config.ts';
import { draftPayload, sizeOf } from '../payload.ts';
import type { OutputOptions } from '../payload.ts';
import { diagnosticsAsJson } from '../print.ts';
import { printDiagnostics } from '../report.ts';
import type { World } from '../world.ts';
import { number } from '../../diagnostics/number.ts';

export interface ValidateOptions extends FactsOptions, OutputOptions {
  readonly config: string;
  readonly json?: boolean;
}

/** What is valid, in words; of a fleet, whose config says that it is one, all nodes are looked at. */
async function checked(options: ValidateOptions, world: World): Promise<Result<string>> {
  const payload = await draftPayload(options.config, options, world);
  if (payload.ok) return ok(`user-data of ${sizeOf(payload.value.userData)}`, payload.warnings);
  if (!isOfFleet(payload)) return payload;
  const { validateFleet } = await import('../fleet/validate.ts');
  const fleet = await validateFleet(options, world);
  if (!fleet.ok) return fleet;
  const { nodes, bytes } = fleet.value;
  return ok(`${number(nodes)} nodes, user-data of at most ${number(bytes)} bytes`, fleet.warnings);
}

/** `flexgen validate`: the config and everything it names is read, checked and rendered in memory. */
export async function validate(options: ValidateOptions, world: World): Promise<ExitCode> {
  const result = await checked(options, world);
  const diagnostics = result.ok ? result.warnings : result.errors;
  if (options.json === true) {
    await world.stdout.write(diagnosticsAsJson(diagnostics));
  } else {
    await printDiagnostics(diagnostics, world);
    if (result.ok) await world.stderr.write(`${options.config} is valid: ${result.value}\n`);
  }
  return result.ok ? exitCodes.ok : exitCodeOf(result.errors);
}
