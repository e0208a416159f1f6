import { resolve } from 'node:path';
import { UnwritableFile, writePrivate } from '../../io/write.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { buildPayload } from '../payload.ts';
import { printDiagnostics, printProblem } from '../report.ts';
import type { World } from '../world.ts';

export interface CloudInitOptions {
  readonly config: string;
  readonly out?: string;
}

/** `flexgen cloud-init`: the payload on standard output, or in a file of mode 0600, or no byte of it at all. */
export async function cloudInit(options: CloudInitOptions, world: World): Promise<ExitCode> {
  const payload = await buildPayload(options.config, world);
  await printDiagnostics(payload.ok ? payload.warnings : payload.errors, world);
  if (!payload.ok) return exitCodes.config;
  if (options.out === undefined) {
    await world.stdout.write(payload.value);
    return exitCodes.ok;
  }
  try {
    await writePrivate(resolve(world.cwd, options.out), payload.value);
    return exitCodes.ok;
  } catch (error) {
    if (!(error instanceof UnwritableFile)) throw error;
    const message = `can't write ${options.out}: ${error.reason}`;
    await printProblem(message, 'name a file in a folder that you may write to', world);
    return exitCodes.usage;
  }
}
