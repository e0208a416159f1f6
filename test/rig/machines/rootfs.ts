import { chmod, cp, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheKey, cachedFolder } from '../services/cache.ts';
import { timed } from '../services/progress.ts';
import { run } from '../services/run.ts';
import { bootstrap, fetchedPackages } from './debootstrap.ts';
import { imageRecipe, layImageFiles } from './image-files.ts';
import type { Release, Variant } from './machine.ts';
import { ensureMachineTools } from './tools.ts';

/** A machine image in the forms the settings need. Nobody writes into any of them. */
export interface Rootfs {
  /** The release as mmdebstrap made it. */
  readonly tar: string;
  /** The image as a folder: the lower layer of a machine in namespaces. */
  readonly tree: string;
  /** The image as a raw ext4 disk with the label `root`: the backing file of a machine under QEMU. */
  readonly disk: string;
  readonly kernel: string;
  readonly initrd: string;
  /** The .deb files that `bare` lacks; `serveDebs` serves them. */
  readonly debs: string;
}

const diskSize = '8G';

/** The image of a release: minutes the first time, then from the cache. */
export async function buildRootfs(release: Release, variant: Variant = 'full'): Promise<Rootfs> {
  await ensureMachineTools();
  const { tar, debs } = await bootstrap(release);
  const key = cacheKey([tar, diskSize, ...(await imageRecipe())]);
  const folder = await cachedFolder(`machines/${release}-${variant}-${key}`, (draft) =>
    timed(`making the image ${release} ${variant}`, () => makeImage(draft, tar, variant)),
  );
  const at = (name: string): string => join(folder, name);
  return { tar, debs, tree: at('tree'), disk: at('root.img'), kernel: at('vmlinuz'), initrd: at('initrd') };
}

async function makeImage(draft: string, tar: string, variant: Variant): Promise<void> {
  const tree = join(draft, 'tree');
  await mkdir(tree);
  await chmod(draft, 0o755);
  const xattrs = ['--xattrs', '--xattrs-include=*'];
  await run('tar', ['-C', tree, '-xpf', tar, '--numeric-owner', ...xattrs]);
  if (variant === 'bare') await run('chroot', [tree, 'dpkg', '--purge', ...fetchedPackages]);
  await layImageFiles(tree);
  for (const [prefix, name] of [
    ['vmlinuz-', 'vmlinuz'],
    ['initrd.img-', 'initrd'],
  ] as const) {
    const file = (await readdir(join(tree, 'boot'))).find((candidate) => candidate.startsWith(prefix));
    if (file === undefined) throw new Error(`no ${prefix} in the image's /boot`);
    await cp(join(tree, 'boot', file), join(draft, name));
  }
  await run('mke2fs', ['-q', '-t', 'ext4', '-L', 'root', '-d', tree, join(draft, 'root.img'), diskSize]);
}
