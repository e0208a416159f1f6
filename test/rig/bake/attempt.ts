import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureMachineTools, ensureQemu } from '../machines/tools.ts';
import type { BakeWish } from '../bake-layer.ts';
import { writeConfig } from '../node-config.ts';
import { ensureTools } from '../services/tools.ts';
import type { Site } from '../site.ts';
import { packerBuild } from './packer.ts';
import type { Build } from './packer.ts';
import { buildSource } from './source.ts';
import type { SourceImage, SourceWish } from './source.ts';

/** What is baked, and from what. */
export interface Attempt extends BakeWish, SourceWish {}

/** What became of it. */
export interface Attempted extends Build {
  /** The folder of the image; null where there is none. */
  readonly image: string | null;
}

/**
 * Bakes as a user would: `flexgen packer`, `packer build`. The config says what only the rig needs: a QEMU without KVM
 * and a kernel beside the disk. `dir` must not be there yet.
 */
export async function attemptBake(site: Site, attempt: Attempt, dir: string): Promise<Attempted> {
  await ensureMachineTools();
  await ensureQemu();
  await ensureTools([{ file: 'packer', package: 'packer' }]);
  const source = await buildSource(attempt);
  await mkdir(dir, { recursive: true });
  const output = join(dir, 'output');
  const { auth, cluster, release, config = {} } = attempt;
  const settings = sourceSettings(source, output, join(dir, 'console.log'));
  // cloud-init grows the file system to its disk.
  const sources = { qemu: { ...settings, diskSize: attempt.size ?? '8G' } };
  const wish = { auth, release, name: 'bake', ...(cluster === undefined ? {} : { cluster }) };
  const image = { ...config['image'], sources };
  const { file } = await writeConfig({ ...wish, config: { ...config, image } }, site, dir, 0);
  const folder = join(dir, 'build');
  await site.workstation.flexgen(['packer', '--config', file, '--out', folder]);
  for (const name of await readdir(folder)) {
    if (name === 'plugins.pkr.hcl' || name.endsWith('-modern.pkr.hcl')) await rm(join(folder, name));
  }
  const build = await packerBuild(folder, join(dir, 'scratch'));
  const there = (await readdir(dir)).includes('output');
  return { ...build, image: there ? output : null };
}

/** `image.sources.qemu` of the config. What stands in `args` replaces Packer's own of that name. */
function sourceSettings(
  { disk, sha256, kernel, initrd }: SourceImage,
  output: string,
  console: string,
): object {
  const args = [
    ['-machine', 'q35,kernel-irqchip=off'],
    ['-accel', 'tcg,thread=multi,tb-size=1024'],
    ['-cpu', 'max'],
    ['-display', 'none'],
    ['-kernel', kernel],
    ['-initrd', initrd],
    // no_timer_check: a host that is busy at that moment would else look like a machine without a timer, and panic.
    ['-append', 'root=LABEL=root rw console=ttyS0 net.ifnames=0 loglevel=4 no_timer_check'],
    // Packer's forward listens on every interface.
    ['-netdev', 'user,id=user.0,hostfwd=tcp:127.0.0.1:{{ .SSHHostPort }}-:22'],
    ['-device', 'virtio-net,netdev=user.0'],
    ['-device', 'virtio-rng-pci'],
    ['-serial', `file:${console}`],
  ];
  const machine = { accelerator: 'tcg', memory: 3072, cpus: 2, sshTimeout: '15m' };
  return { url: disk, checksum: `sha256:${sha256}`, ...machine, args, output };
}
