import { readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BakeWish } from '../bake-layer.ts';
import type { BakedDisk, Release } from '../machines/machine.ts';
import { oncePerWish } from '../once.ts';
import { logsDir } from '../services/cache.ts';
import { say } from '../services/progress.ts';
import { run } from '../services/run.ts';
import type { Site } from '../site.ts';
import { attemptBake } from './attempt.ts';
import { phases } from './packer.ts';

/** An image that Packer has baked. */
export interface PackedImage extends BakedDisk {
  /** What the build knew and the image may not: its user, the key that was let in, the node's secret. */
  readonly words: readonly string[];
}

async function bake(site: Site, release: Release, wish: BakeWish, name: string): Promise<PackedImage> {
  const dir = join(logsDir, name);
  await rm(dir, { recursive: true, force: true });
  const { exitCode, output, image } = await attemptBake(site, { ...wish, release }, dir);
  if (exitCode !== 0 || image === null) {
    throw new Error(`packer build: exit code ${exitCode}\n${output.split('\n').slice(-25).join('\n')}`);
  }
  say(phases(output));
  const [file, ...others] = await readdir(image);
  if (file === undefined || others.length > 0) throw new Error(`not one image: ${[file, ...others].join()}`);
  // Packer has compressed it, which whoever boots from it would pay for at each read.
  const disk = join(dir, 'disk.qcow2');
  await run('qemu-img', ['convert', '-O', 'qcow2', join(image, file), disk]);
  await rm(image, { recursive: true });
  return { disk, words: await wordsOf(dir) };
}

async function wordsOf(dir: string): Promise<readonly string[]> {
  const seed = await readFile(join(dir, 'build/cidata/user-data'), 'utf8');
  const [, key = ''] = /ssh-ed25519 ([A-Za-z0-9+/]+)/.exec(seed) ?? [];
  const secret = await readFile(join(dir, 'secret.txt'), 'utf8').catch(() => '');
  return ['flexgen-build', key, secret].filter((word) => word !== '');
}

const bakeOnce = oncePerWish('packer', bake);

/** The golden image of nodes with bootstrap tokens, baked by Packer under QEMU: minutes, but once for a site and release. */
export const bakeImage = (site: Site, release: Release): Promise<PackedImage> =>
  bakeOnce(site, release, { auth: 'bootstrap-token' });
