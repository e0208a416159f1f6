import { readFile, writeFile } from 'node:fs/promises';
import { ensureTools } from '../services/tools.ts';
import type { Tool } from '../services/tools.ts';
import { run } from '../services/run.ts';
import { say } from '../services/progress.ts';
import { debianArchive } from './apt.ts';

/** What this half of the rig calls, beside QEMU. */
const machineTools: readonly Tool[] = [
  { file: 'mmdebstrap', package: 'mmdebstrap' },
  { file: '/usr/share/keyrings/debian-archive-keyring.gpg', package: 'debian-archive-keyring' },
  { file: 'mke2fs', package: 'e2fsprogs' },
  { file: 'debugfs', package: 'e2fsprogs' },
  { file: 'xorriso', package: 'xorriso' },
  { file: 'slirp4netns', package: 'slirp4netns' },
  { file: 'depmod', package: 'kmod' },
  { file: 'script', package: 'bsdutils' },
  { file: 'nsenter', package: 'util-linux' },
  { file: 'ip', package: 'iproute2' },
  { file: 'dpkg-deb', package: 'dpkg' },
];

/** Makes sure of everything that images and namespaces need. */
export async function ensureMachineTools(): Promise<void> {
  await ensureTools(machineTools);
}

/** QEMU 7.2 double-faults with kernel 6.12; 10.0 is the first we know to be good. */
const oldestQemu = 10;

/**
 * Makes sure of a QEMU that boots Debian 13 without KVM. Debian 12's own is too old, so there it comes from backports,
 * added to the apt sources in a file of the rig's own.
 */
export async function ensureQemu(): Promise<void> {
  const found = await qemuMajor();
  if (found >= oldestQemu) return;
  const mayInstall = process.env['CI'] === 'true' || process.env['FLEXGEN_RIG_INSTALL'] === '1';
  if (!mayInstall || process.getuid?.() !== 0) {
    throw new Error(
      `the rig needs qemu-system-x86 and qemu-utils >= ${oldestQemu} (in Debian 12: bookworm-backports), found ${found || 'none'}`,
    );
  }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const suite = await addBackports();
  say('installing QEMU');
  await run('apt-get', ['update', '-q'], { env });
  const from = suite === undefined ? [] : ['-t', suite];
  const packages = ['qemu-system-x86', 'qemu-utils'];
  await run('apt-get', ['install', '-q', '-y', '--no-install-recommends', ...from, ...packages], { env });
}

async function qemuMajor(): Promise<number> {
  const version = await run('qemu-system-x86_64', ['--version']).catch(() => '');
  return Number(/version (\d+)/.exec(version)?.[1] ?? 0);
}

async function addBackports(): Promise<string | undefined> {
  const release = await readFile('/etc/os-release', 'utf8');
  if (!release.includes('VERSION_CODENAME=bookworm')) return undefined;
  const suite = 'bookworm-backports';
  const { main } = await debianArchive();
  const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';
  const stanza = `Types: deb\nURIs: ${main}\nSuites: ${suite}\nComponents: main\nSigned-By: ${keyring}\n`;
  await writeFile('/etc/apt/sources.list.d/flexgen-rig-backports.sources', stanza);
  return suite;
}
