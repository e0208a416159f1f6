import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, link, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Binaries } from './binaries.ts';
import { cacheKey, cachedFolder } from './cache.ts';
import { timed } from './progress.ts';
import { run } from './run.ts';
import { versions } from './versions.ts';

/** One line of a lock file. */
export interface LockedArtifact {
  readonly name: string;
  readonly version: string;
  readonly arch: 'amd64';
  readonly url: string;
  /** Built here, so the digest is not upstream's. */
  readonly source: 'private';
  /** 64 hex digits. */
  readonly sha256: string;
}

export interface Artifacts {
  /** The folder that a mirror serves: every file under its upstream URL without the scheme. */
  readonly dir: string;
  /** The text of `flexgen.lock.json` for exactly these files. */
  readonly lock: string;
  readonly artifacts: readonly LockedArtifact[];
  /** Path below the mirror, e.g. `dl.k8s.io/release/v1.34.4/bin/linux/amd64/kubelet`. */
  path(name: string): string;
}

interface Recipe {
  readonly name: string;
  readonly version: string;
  readonly path: string;
  /** Programs, and the folder inside the archive that holds them; without one the program itself is the artifact. */
  readonly files: readonly string[];
  readonly archive?: '' | 'bin/';
}

function recipes({ kubernetes, runtime, runc, standins }: Binaries): readonly Recipe[] {
  const github = 'github.com';
  const { kubernetes: k8s, containerd, runc: runcVersion, cniPlugins: cni, crictl } = versions;
  return [
    ...['kubelet', 'kubectl', 'kubeadm'].map((name) => ({
      name,
      version: k8s,
      path: `dl.k8s.io/release/v${k8s}/bin/linux/amd64/${name}`,
      files: [join(kubernetes, name)],
    })),
    {
      name: 'containerd',
      version: containerd,
      path: `${github}/containerd/containerd/releases/download/v${containerd}/containerd-${containerd}-linux-amd64.tar.gz`,
      files: ['containerd', 'containerd-shim-runc-v2', 'ctr'].map((name) => join(runtime, name)),
      archive: 'bin/',
    },
    {
      name: 'runc',
      version: runcVersion,
      path: `${github}/opencontainers/runc/releases/download/v${runcVersion}/runc.amd64`,
      files: [join(runc, 'runc')],
    },
    {
      name: 'cni-plugins',
      version: cni,
      path: `${github}/containernetworking/plugins/releases/download/v${cni}/cni-plugins-linux-amd64-v${cni}.tgz`,
      files: ['bridge', 'host-local', 'loopback', 'portmap'].map((name) => join(runtime, name)),
      archive: '',
    },
    {
      name: 'crictl',
      version: crictl,
      path: `${github}/kubernetes-sigs/cri-tools/releases/download/v${crictl}/crictl-v${crictl}-linux-amd64.tar.gz`,
      files: [join(standins, 'crictl')],
      archive: '',
    },
  ];
}

const lockName = 'flexgen.lock.json';

/** Packs `binaries` as upstream publishes them. The same programs give the same bytes. */
export async function buildArtifacts(binaries: Binaries): Promise<Artifacts> {
  const list = recipes(binaries);
  const dir = await cachedFolder(`artifacts-${cacheKey([JSON.stringify(list)])}`, (draft) =>
    timed('packing the artifacts', async () => {
      const artifacts: LockedArtifact[] = [];
      for (const recipe of list) {
        const file = join(draft, recipe.path);
        await mkdir(dirname(file), { recursive: true });
        await pack(recipe, file);
        const { name, version, path } = recipe;
        artifacts.push({
          name,
          version,
          arch: 'amd64',
          url: `https://${path}`,
          sha256: await sha256(file),
          source: 'private',
        });
      }
      await writeFile(join(draft, lockName), `${JSON.stringify({ lockVersion: 1, artifacts }, null, 2)}\n`);
    }),
  );
  const lock = await readFile(join(dir, lockName), 'utf8');
  const { artifacts }: { artifacts: readonly LockedArtifact[] } = JSON.parse(lock);
  return {
    dir,
    lock,
    artifacts,
    path: (name) => {
      const url = artifacts.find((artifact) => artifact.name === name)?.url;
      if (url === undefined) throw new Error(`the rig has no artifact ${name}`);
      return url.slice('https://'.length);
    },
  };
}

async function pack({ files, archive }: Recipe, target: string): Promise<void> {
  const first = files[0];
  if (first === undefined) throw new Error(`nothing to pack into ${target}`);
  // A link takes no room; it fails across file systems.
  if (archive === undefined) return link(first, target).catch(() => copyFile(first, target));
  const dir = await mkdtemp(`${target}.draft-`);
  await mkdir(join(dir, archive), { recursive: true });
  for (const file of files) await copyFile(file, join(dir, archive, basename(file)));
  // Upstream's names: `bin/containerd` in one archive, `./bridge` in the other.
  const names = archive === '' ? files.map((file) => `./${basename(file)}`).toSorted() : [archive];
  const flags = ['--sort=name', '--mtime=@0', '--owner=0', '--group=0', '--numeric-owner', '-C', dir];
  await run('tar', [...flags, '-cf', `${dir}/tar`, '--', ...names]);
  // -n leaves name and time out of the header; -1 because unpacking time, not size, is what the rig is about.
  await run('sh', ['-c', 'exec gzip -n -1 < "$1" > "$2"', 'sh', `${dir}/tar`, target]);
  await rm(dir, { recursive: true });
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
