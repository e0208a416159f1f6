import type { FactsOptions } from '../cluster-facts.ts';
import { exitCodeOf, exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { draftPayload, sizeOf } from '../payload.ts';
import type { OutputOptions } from '../payload.ts';
import { diagnosticsAsJson } from '../print.ts';
import { printDiagnostics } from '../report.ts';
import type { World } from '../world.ts';

export interface ValidateOptions extends FactsOptions, OutputOptions {
  readonly config: string;
  readonly json?: boolean;
}

/** `flexgen validate`: the config and everything it names is read, checked and rendered in memory. */
export async function validate(options: ValidateOptions, world: World): Promise<ExitCode> {
  const payload = await draftPayload(options.config, options, world);
  const diagnostics = payload.ok ? payload.warnings : payload.errors;
  if (options.json === true) {
    await world.stdout.write(diagnosticsAsJson(diagnostics));
  } else {
    await printDiagnostics(diagnostics, world);
    if (payload.ok) {
      await world.stderr.write(
        `${options.config} is valid: user-data of ${sizeOf(payload.value.userData)}\n`,
      );
    }
  }
  return payload.ok ? exitCodes.ok : exitCodeOf(payload.errors);
}
