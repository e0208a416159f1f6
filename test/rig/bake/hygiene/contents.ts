import { createHash } from 'node:crypto';
import { lstat, readFile, readlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { glob } from './glob.ts';
import type { Item } from './item.ts';

interface Manifest {
  readonly id: string;
  readonly arch: string;
  readonly artifacts: readonly { name: string; version: string; folder: string; sha256: string }[];
  readonly files: readonly { path: string; mode: string; sha256: string }[];
  readonly packages: Readonly<Record<string, string>>;
  readonly images: readonly { name: string; digest: string }[];
  readonly built: string;
}

async function manifestOf(root: string): Promise<Manifest> {
  const manifest: Manifest = JSON.parse(await readFile(join(root, 'etc/flexgen/image.json'), 'utf8'));
  return manifest;
}

async function sha256(path: string): Promise<string> {
  const bytes = await readFile(path).catch(() => null);
  return bytes === null ? 'nothing' : createHash('sha256').update(bytes).digest('hex');
}

const manifest: Item = {
  name: 'a manifest that says what it is',
  reads: '/etc/flexgen/image.json',
  violations: async ({ root }) => {
    const { id, arch, built, packages, images } = await manifestOf(root).catch((): Partial<Manifest> => ({}));
    const checks = {
      id: /-(?:ubuntu|debian)-[\d.]+-(?:amd64|arm64|auto)-[\da-f]{12}$/.test(id ?? ''),
      arch: arch === 'amd64' || arch === 'arm64',
      built: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(built ?? ''),
      packages: packages?.['curl'] !== undefined,
      images: (images?.length ?? 0) > 0,
    };
    return Object.entries(checks).flatMap(([key, good]) => (good ? [] : [`${key} is not right`]));
  },
};

const files: Item = {
  name: "each file of the list: content, mode, root's",
  reads: 'all in image.json .files',
  violations: async ({ root }) => {
    const found: string[] = [];
    for (const { path, mode, sha256: digest } of (await manifestOf(root)).files) {
      const info = await lstat(join(root, path)).catch(() => null);
      if ((await sha256(join(root, path))) !== digest) found.push(`${path} has another content`);
      else if (info === null || (info.mode & 0o7777) !== Number.parseInt(mode, 8))
        found.push(`${path}: mode`);
      else if (info.uid !== 0 || info.gid !== 0) found.push(`${path}: owner`);
    }
    return found;
  },
};

/** What it writes beside them: itself, and whom Arc's agent came from. */
const ofTheBake = ['/etc/flexgen/image.json', '/etc/flexgen/agent.gpg', '/etc/flexgen/agent.list'];

const settings: Item = {
  name: 'no setting beside those of the list',
  reads: '/etc/flexgen/** /etc/cni/net.d/**',
  violations: async ({ root }) => {
    const { files: list } = await manifestOf(root);
    const known = new Set([...list.map(({ path }) => path), ...ofTheBake]);
    const there = [...(await glob(root, 'etc/flexgen/**')), ...(await glob(root, 'etc/cni/net.d/**'))];
    return there.map((path) => `/${path}`).filter((path) => !known.has(path));
  },
};

/** What an archive of that name puts into its folder. */
const unpacked: Readonly<Record<string, string>> = {
  'containerd': 'bin/containerd',
  'cni-plugins': 'bridge',
  'crictl': 'crictl',
  'node-problem-detector': 'bin/node-problem-detector',
};

const programs: Item = {
  name: 'each program, by its digest',
  reads: 'all in image.json .artifacts',
  violations: async ({ root }) => {
    const found: string[] = [];
    for (const { name, folder, sha256: digest } of (await manifestOf(root)).artifacts) {
      if (name === 'azcmagent') continue;
      const path = join(folder === '' ? '/usr/local/bin' : folder, unpacked[name] ?? name);
      const info = await lstat(join(root, path)).catch(() => null);
      if (info === null || (info.mode & 0o111) === 0) found.push(`${path} is no program`);
      // An archive's digest is its archive's.
      else if (unpacked[name] === undefined && (await sha256(join(root, path))) !== digest) {
        found.push(`${path} is another ${basename(path)}`);
      }
    }
    return found;
  },
};

const content = 'var/lib/containerd/io.containerd.content.v1.content/blobs/sha256';

const images: Item = {
  name: "each container image, in containerd's store",
  reads: 'all in image.json .images',
  violations: async ({ root }) => {
    const found: string[] = [];
    for (const { name, digest } of (await manifestOf(root)).images) {
      const [, hex = ''] = digest.split(':');
      if ((await sha256(join(root, content, hex))) !== hex) found.push(name);
    }
    return found;
  },
};

const swap: Item = {
  name: 'no swap after a boot',
  reads: '/etc/fstab /etc/systemd/system/swap.target',
  violations: async ({ root }) => {
    const lines = (await readFile(join(root, 'etc/fstab'), 'utf8').catch(() => '')).split('\n');
    const link = await readlink(join(root, 'etc/systemd/system/swap.target')).catch(() => '');
    return [
      ...lines.filter((line) => /^[^#]\S*\s+\S+\s+swap\s/.test(line)),
      ...(link === '/dev/null' ? [] : ['swap.target is not masked']),
    ];
  },
};

/** What the image is for. */
export const contents: readonly Item[] = [manifest, files, settings, programs, images, swap];
