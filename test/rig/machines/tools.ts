import { readFile, writeFile } from 'node:fs/promises';
import {
  ensureTools,
  install,
  mayInstall,
  missingPackages,
  MissingPackages,
  serviceTools,
} from '../services/tools.ts';
import type { Tool } from '../services/tools.ts';
import { run } from '../services/run.ts';
import { debianArchive } from './apt.ts';
import type { Setting } from './machine.ts';

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
const qemuPackages = ['qemu-system-x86', 'qemu-utils'];
const qemuNote = `\n(QEMU ${oldestQemu} or newer; in Debian 12: -t bookworm-backports)`;

/**
 * Makes sure of a QEMU that boots Debian 13 without KVM. Debian 12's own is too old, so there it comes from backports,
 * added to the apt sources in a file of the rig's own.
 */
export async function ensureQemu(): Promise<void> {
  if ((await qemuMajor()) >= oldestQemu) return;
  if (!mayInstall()) throw new MissingPackages(qemuPackages, qemuNote);
  const suite = await addBackports();
  await install(qemuPackages, suite === undefined ? [] : ['-t', suite]);
}

/** Makes sure of all that a cluster and machines of this kind need, so that what is missing is said at once, not by and by. */
export async function ensureAll(setting: Setting): Promise<void> {
  const packages = await missingPackages([...serviceTools, ...machineTools]);
  const oldQemu = setting === 'qemu' && (await qemuMajor()) < oldestQemu;
  if (!mayInstall() && (packages.length > 0 || oldQemu)) {
    throw new MissingPackages([...packages, ...(oldQemu ? qemuPackages : [])], oldQemu ? qemuNote : '');
  }
  if (packages.length > 0) await install(packages);
  if (oldQemu) await ensureQemu();
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
