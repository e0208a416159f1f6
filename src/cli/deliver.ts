import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { UnwritableFile, checkWritable, writePrivate, writeShared } from '../io/write.ts';
import { exitCodes } from './exit-codes.ts';
import type { ExitCode } from './exit-codes.ts';
import { printProblem } from './report.ts';
import type { World } from './world.ts';

async function written(
  out: string,
  world: World,
  work: (path: string) => Promise<void>,
  path = resolve(world.cwd, out),
): Promise<ExitCode> {
  try {
    await work(path);
    return exitCodes.ok;
  } catch (error) {
    if (!(error instanceof UnwritableFile)) throw error;
    const message = `can't write ${out}: ${error.reason}`;
    await printProblem(message, 'name a file in a folder that you may write to', world);
    return exitCodes.usage;
  }
}

/** Whether a product could be delivered there: asked before anything is made that only the product can use. */
export async function canDeliver(out: string | undefined, world: World): Promise<ExitCode> {
  return out === undefined ? exitCodes.ok : written(out, world, checkWritable);
}

/** Whether a config may be written there: one that is there already is replaced only where somebody says so. */
export async function mayReplace(out: string, force: boolean | undefined, world: World): Promise<ExitCode> {
  if (force === true || !existsSync(resolve(world.cwd, out))) return exitCodes.ok;
  await printProblem(`${out} is there already`, 'name another file, or replace it with `--force`', world);
  return exitCodes.usage;
}

/** A command's product on standard output, or in a file of mode 0600, or no byte of it at all. */
export async function deliver(
  text: string | Uint8Array,
  out: string | undefined,
  world: World,
): Promise<ExitCode> {
  if (out !== undefined) return written(out, world, (path) => writePrivate(path, text));
  await world.stdout.write(text);
  return exitCodes.ok;
}

/** A file that is no secret, whole or not at all; `name` is what its user calls it. */
export const deliverShared = (name: string, path: string, text: string, world: World): Promise<ExitCode> =>
  written(name, world, (place) => writeShared(place, text), path);
