import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { bakeScript, uploadBake } from './bake/upload.ts';
import { assertOk } from './expect.ts';
import { bootMachine } from './machines/boot.ts';
import type { BakedLayer, Release } from './machines/machine.ts';
import type { NodeWish } from './node-config.ts';
import { oncePerWish } from './once.ts';
import { logsDir } from './services/cache.ts';
import type { Site } from './site.ts';

const patience = { deadlineMs: 180_000 };

/** What a bake depends on; a node's own settings are none of it. */
export type BakeWish = Pick<NodeWish, 'auth' | 'cluster' | 'config'>;

async function bake(site: Site, release: Release, wish: BakeWish, name: string): Promise<BakedLayer> {
  const dir = join(logsDir, name);
  await rm(dir, { recursive: true, force: true });
  await mkdir(dir, { recursive: true });
  const machine = await bootMachine('namespaces', {
    name,
    release,
    userData: '#cloud-config\n{}\n',
    dir: join(dir, 'machine'),
  });
  try {
    const script = async (text: string): Promise<void> => {
      assertOk(await machine.exec(text, patience));
    };
    await uploadBake(machine, { ...wish, name, release }, site, dir);
    await script(bakeScript('provision'));
    await script(`BUILD_USER=flexgen-build ${bakeScript('clean')}`);
    await machine.powerOff(patience);
  } finally {
    await machine[Symbol.asyncDispose]();
  }
  return { layer: join(machine.dir, 'upper'), containerd: join(machine.dir, 'containerd') };
}

/**
 * The golden image of this wish's nodes, baked by the scripts that Packer would run, in seconds on a machine in
 * namespaces. Once for each wish of a site.
 */
export const bakeLayer = oncePerWish('bake', bake);
