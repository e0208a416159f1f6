import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { assertOk } from './expect.ts';
import { bootMachine } from './machines/boot.ts';
import type { BakedLayer, Release } from './machines/machine.ts';
import { writeConfig } from './node-config.ts';
import type { NodeWish } from './node-config.ts';
import { logsDir } from './services/cache.ts';
import { timed } from './services/progress.ts';
import { run } from './services/run.ts';
import type { Site } from './site.ts';

/** Where the build block of `flexgen packer` puts what it uploads. */
const uploaded = '/var/tmp/flexgen-bake';

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
  const { file } = await writeConfig(wish, site, dir, 0);
  const build = join(dir, 'build');
  await site.workstation.flexgen(['packer', '--config', file, '--out', build]);
  const archive = await run('sh', ['-c', 'tar -cz -C "$1" . | base64 -w0', 'sh', join(build, 'bake')]);
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
    await script(`mkdir ${uploaded} && base64 -d <<<${archive} | tar -xz -C ${uploaded}`);
    await script(`bash ${uploaded}/provision`);
    await script(`BUILD_USER=flexgen-build bash ${uploaded}/clean`);
    await machine.powerOff(patience);
  } finally {
    await machine[Symbol.asyncDispose]();
  }
  return { layer: join(machine.dir, 'upper'), containerd: join(machine.dir, 'containerd') };
}
