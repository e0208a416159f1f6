import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { sourcesOf } from '../machines/debootstrap.ts';
import type { Release, Variant } from '../machines/machine.ts';
import { suites } from '../machines/releases.ts';
import { buildRootfs } from '../machines/rootfs.ts';
import { cacheKey, cachedFolder } from '../services/cache.ts';
import { timed } from '../services/progress.ts';
import { run } from '../services/run.ts';

/** A cloud image that Packer can start from: the release's image with sudo, which every provider's has. */
export interface SourceImage {
  /** A qcow2 of one ext4 file system. It has no boot loader: QEMU is given the kernel. */
  readonly disk: string;
  readonly sha256: string;
  readonly kernel: string;
  readonly initrd: string;
}

export interface SourceWish {
  readonly release: Release;
  readonly variant?: Variant;
  /** Of the file system, as mke2fs takes it. */
  readonly size?: string;
}

/** Makes the image, or takes it from the cache. */
export async function buildSource({
  release,
  variant = 'full',
  size = '6G',
}: SourceWish): Promise<SourceImage> {
  const rootfs = await buildRootfs(release, variant);
  const name = `machines/${release}-${variant}-source-${cacheKey([rootfs.tree, size])}`;
  const folder = await cachedFolder(name, (draft) =>
    timed(`making the image ${release} ${variant} for Packer`, async () => {
      const tree = join(draft, 'tree');
      await run('cp', ['-a', rootfs.tree, tree]);
      await addSudo(tree, release, join(draft, 'apt'));
      const [raw, disk] = [join(draft, 'raw'), join(draft, 'disk.qcow2')];
      await run('mke2fs', ['-q', '-t', 'ext4', '-L', 'root', '-d', tree, raw, size]);
      await run('qemu-img', ['convert', '-O', 'qcow2', raw, disk]);
      const hash = createHash('sha256');
      await pipeline(createReadStream(disk), hash);
      await writeFile(join(draft, 'sha256'), hash.digest('hex'));
      await rm(raw);
      await rm(tree, { recursive: true });
    }),
  );
  const sha256 = await readFile(join(folder, 'sha256'), 'utf8');
  return { disk: join(folder, 'disk.qcow2'), sha256, kernel: rootfs.kernel, initrd: rootfs.initrd };
}

/** By the host's apt, which knows how to reach the archive, in folders of its own. */
async function addSudo(tree: string, release: Release, apt: string): Promise<void> {
  for (const folder of ['state/lists/partial', 'cache/archives/partial']) {
    await mkdir(join(apt, folder), { recursive: true });
  }
  await writeFile(join(apt, 'sources.list'), await sourcesOf(suites[release]));
  const options = {
    'Dir::Etc::SourceList': join(apt, 'sources.list'),
    'Dir::Etc::SourceParts': '-',
    'Dir::State': join(apt, 'state'),
    'Dir::State::Status': join(tree, 'var/lib/dpkg/status'),
    'Dir::Cache': join(apt, 'cache'),
    'APT::Sandbox::User': 'root',
  };
  const flags = Object.entries(options).flatMap(([key, value]) => ['-o', `${key}=${value}`]);
  await run('apt-get', [...flags, '-q', 'update']);
  await run('apt-get', [...flags, '-q', 'download', 'sudo'], { cwd: apt });
  const deb = (await readdir(apt)).find((file) => file.endsWith('.deb'));
  if (deb === undefined) throw new Error('apt has fetched no sudo');
  await run('cp', [join(apt, deb), join(tree, 'sudo.deb')]);
  await run('chroot', [tree, 'dpkg', '--install', '/sudo.deb']);
  await rm(join(tree, 'sudo.deb'));
  await rm(apt, { recursive: true });
}
