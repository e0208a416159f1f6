import { mkdir } from 'node:fs/promises';
import type { BakedLayer, Release } from '../machines/machine.ts';
import { buildRootfs } from '../machines/rootfs.ts';
import { run } from '../services/run.ts';

const mountAndCopy = [
  'mount --make-rprivate /',
  'mount -t overlay -o "ro,lowerdir=$1" overlay "$2"',
  'cp -a "$2/." "$3"',
  'cp -a "$4/." "$3/var/lib/containerd"',
].join(' && ');

/** Copies what a machine that starts from this layer would see into the new folder `target`. */
export async function mergeLayer(baked: BakedLayer, release: Release, target: string): Promise<void> {
  const { tree } = await buildRootfs(release);
  const point = `${target}.mount`;
  await mkdir(target);
  await mkdir(point);
  const layers = `${baked.layer}:${tree}`;
  const places = [layers, point, target, baked.containerd];
  await run('unshare', ['--mount', 'sh', '-c', mountAndCopy, 'sh', ...places]);
}
