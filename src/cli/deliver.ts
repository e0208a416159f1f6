import { resolve } from 'node:path';
import { UnwritableFile, writePrivate } from '../io/write.ts';
import { exitCodes } from './exit-codes.ts';
import type { ExitCode } from './exit-codes.ts';
import { printProblem } from './report.ts';
import type { World } from './world.ts';

/** A command's product on standard output, or in a file of mode 0600, or no byte of it at all. */
export async function deliver(text: string, out: string | undefined, world: World): Promise<ExitCode> {
  if (out === undefined) {
    await world.stdout.write(text);
    return exitCodes.ok;
  }
  try {
    await writePrivate(resolve(world.cwd, out), text);
    return exitCodes.ok;
  } catch (error) {
    if (!(error instanceof UnwritableFile)) throw error;
    const message = `can't write ${out}: ${error.reason}`;
    await printProblem(message, 'name a file in a folder that you may write to', world);
    return exitCodes.usage;
  }
}
