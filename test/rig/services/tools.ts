import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './run.ts';
import { say } from './progress.ts';

/** A program of the machine and the Debian package that brings it. */
export interface Tool {
  readonly file: string;
  readonly package: string;
}

/** What the services of the rig call. */
export const serviceTools: readonly Tool[] = [
  { file: 'go', package: 'golang-go' },
  { file: 'etcd', package: 'etcd-server' },
  { file: 'docker-registry', package: 'docker-registry' },
  { file: 'skopeo', package: 'skopeo' },
  { file: 'openssl', package: 'openssl' },
  { file: 'gcc', package: 'gcc' },
  { file: 'pkg-config', package: 'pkg-config' },
  { file: '/usr/include/seccomp.h', package: 'libseccomp-dev' },
  { file: '/usr/include/stdlib.h', package: 'libc6-dev' },
  { file: 'tar', package: 'tar' },
  { file: 'gzip', package: 'gzip' },
  { file: 'dpkg-deb', package: 'dpkg' },
  { file: 'gpg', package: 'gpg' },
  { file: 'gpg-agent', package: 'gpg-agent' },
  { file: 'gpgconf', package: 'gpgconf' },
  { file: 'setpriv', package: 'util-linux' },
  { file: 'unshare', package: 'util-linux' },
  { file: 'mount', package: 'mount' },
];

/** The packages of the tools that this machine lacks, each once. */
export async function missingPackages(tools: readonly Tool[]): Promise<readonly string[]> {
  const missing = new Set<string>();
  for (const tool of tools) {
    if (!(await isThere(tool.file))) missing.add(tool.package);
  }
  return [...missing];
}

/** Packages that this machine lacks and that the rig may not install by itself. */
export class MissingPackages extends Error {
  constructor(packages: readonly string[], note = '') {
    super(
      `the rig needs: apt-get install --no-install-recommends ${packages.join(' ')}${note}\n` +
        'as root, with FLEXGEN_RIG_INSTALL=1 before the command, it installs them itself',
    );
  }
}

/** The rig changes a machine's packages where it is root and was told so, or is CI's. */
export function mayInstall(): boolean {
  const told = process.env['CI'] === 'true' || process.env['FLEXGEN_RIG_INSTALL'] === '1';
  return told && process.getuid?.() === 0;
}

/** Installs packages, from another suite than the system's own where `options` say so. */
export async function install(packages: readonly string[], options: readonly string[] = []): Promise<void> {
  say(`installing ${packages.join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-q'], { env });
  await run('apt-get', ['install', '-q', '-y', '--no-install-recommends', ...options, ...packages], { env });
}

/** Makes sure of `tools`: what is missing is installed, or an error that says what to type. */
export async function ensureTools(tools: readonly Tool[] = serviceTools): Promise<void> {
  const packages = await missingPackages(tools);
  if (packages.length === 0) return;
  if (!mayInstall()) throw new MissingPackages(packages);
  await install(packages);
}

async function isThere(file: string): Promise<boolean> {
  const places = file.startsWith('/')
    ? [file]
    : [...(process.env['PATH'] ?? '').split(':'), '/usr/sbin', '/sbin'].map((dir) => join(dir, file));
  const found = await Promise.all(
    places.map((place) =>
      access(place).then(
        () => true,
        () => false,
      ),
    ),
  );
  return found.includes(true);
}
