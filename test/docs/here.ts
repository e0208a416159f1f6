import { Readable } from 'node:stream';
import { run as flexgen } from '../../src/cli/program.ts';
import type { World } from '../../src/cli/world.ts';
import type { Ran } from './place.ts';

/** A command line of flexgen's in this process, so that many take no minute. */
export async function runHere(
  argv: readonly string[],
  { env, cwd }: Pick<World, 'env' | 'cwd'>,
): Promise<Ran> {
  let output = '';
  const sink = {
    isTerminal: false,
    write: async (text: string | Uint8Array) => void (output += String(text)),
  };
  const world = { env, cwd, stdout: sink, stderr: sink, stdin: () => Readable.from([]) };
  return { code: await flexgen(argv, world), output };
}
