import assert from 'node:assert/strict';
import { join } from 'node:path';
import { execute, root } from '../cli/run.ts';

/** The package as `npm publish` would send it. */
export interface Packed {
  /** The archive's path. */
  readonly archive: string;
  /** Bytes of the archive, and of what is in it. */
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string; readonly size: number }[];
}

/** Packs what is built, into a folder; nothing is built or published. */
export async function pack(folder: string): Promise<Packed> {
  const args = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder];
  const { exitCode, stdout, stderr } = await execute('npm', args, { cwd: root, env: { HOME: folder } });
  assert.equal(exitCode, 0, stderr);
  const [packed = assert.fail('npm packs one')] = JSON.parse(stdout) as (Packed & { filename: string })[];
  return { ...packed, archive: join(folder, packed.filename) };
}
