import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { bakeScript, uploadBake } from './bake/upload.ts';
import { assertOk } from './expect.ts';
import { bootMachine } from './machines/boot.ts';
import type { BakedLayer, Release } from './machines/machine.ts';
import type { NodeWish } from './node-config.ts';
import { logsDir } from './services/cache.ts';
import { timed } from './services/progress.ts';
import type { Site } from './site.ts';

const patience = { deadlineMs: 180_000 };

/** What a bake depends on; a node's own settings are none of it. */
export type BakeWish = Pick<NodeWish, 'auth' | 'cluster' | 'config'>;

const layers = new WeakMap<Site, Map<string, Promise<BakedLayer>>>();

/**
 * The golden image of this wish's nodes, baked by the scripts that Packer would run, in seconds on a machine in
 * namespaces. Once for each wish of a site.
 */
export async function bakeLayer(site: Site, release: Release, wish: BakeWish): Promise<BakedLayer> {
  const known = layers.get(site) ?? new Map<string, Promise<BakedLayer>>();
  layers.set(site, known);
  const key = JSON.stringify([release, wish]);
  const name = `bake-${release}-${wish.auth}-${known.size}`;
  const made = known.get(key) ?? timed(`baking ${name}`, () => bake(site, { ...wish, name, release }));
  known.set(key, made);
  return made;
}

async function bake(site: Site, wish: NodeWish): Promise<BakedLayer> {
  const { name, release } = wish;
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
    await uploadBake(machine, wish, site, dir);
    await script(bakeScript('provision'));
    await script(`BUILD_USER=flexgen-build ${bakeScript('clean')}`);
    await machine.powerOff(patience);
  } finally {
    await machine[Symbol.asyncDispose]();
  }
  return { layer: join(machine.dir, 'upper'), containerd: join(machine.dir, 'containerd') };
}
