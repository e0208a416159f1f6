import type { FactsOptions } from '../cluster-facts.ts';
import { exitCodeOf } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { draftPayload } from '../payload.ts';
import { deliver } from '../deliver.ts';
import { printDiagnostics } from '../report.ts';
import type { World } from '../world.ts';

export interface CloudInitOptions extends FactsOptions {
  readonly config: string;
  readonly out?: string;
}

/** `flexgen cloud-init`: the payload on standard output, or in a file of mode 0600, or no byte of it at all. */
export async function cloudInit(options: CloudInitOptions, world: World): Promise<ExitCode> {
  const payload = await draftPayload(options.config, options, world);
  await printDiagnostics(payload.ok ? payload.warnings : payload.errors, world);
  if (!payload.ok) return exitCodeOf(payload.errors);
  return deliver(payload.value.userData, options.out, world);
}
