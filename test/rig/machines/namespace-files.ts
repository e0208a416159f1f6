import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { release } from 'node:os';
import { dirname, join } from 'node:path';
import { run } from '../services/run.ts';
import { lanNetwork } from './lan.ts';
import type { MachineOptions } from './machine.ts';
import { writeSeed } from './seed.ts';
import { guestAddress, mtu } from './slirp.ts';

/** What a payload may modprobe; the host's kernel has it, built in or loaded by `prepareHost`. */
const modules = ['overlay', 'br_netfilter', 'bridge', 'veth', 'nf_conntrack'] as const;

const files: Readonly<Record<string, string>> = {
  'etc/fstab': '',
  'etc/systemd/network/10-rig.network': `[Match]
Name=eth0

[Link]
MTUBytes=${mtu}

[Network]
Address=${guestAddress}/24
Gateway=10.0.2.2
DNS=10.0.2.3
LinkLocalAddressing=no
`,
  'etc/cloud/cloud.cfg.d/91-rig-namespaces.cfg': 'network: {config: disabled}\n',
  // Without CAP_SYS_RESOURCE runc cannot give a pod the score that kubelet asks for.
  'etc/containerd/conf.d/rig.toml': [
    'version = 3',
    "[plugins.'io.containerd.cri.v1.runtime']",
    'restrict_oom_score_adj = true',
    '',
  ].join('\n'),
};

/** Units that would hang up the terminal that carries the console. */
const masked = ['console-getty.service', 'getty@tty1.service'];

/** Writes what a machine in namespaces has and the image has not into its upper layer. */
export async function writeUpperLayer(upper: string, options: MachineOptions): Promise<void> {
  const { second } = options;
  const lan =
    second === undefined ? {} : { 'etc/systemd/network/11-rig.network': lanNetwork(second.addresses) };
  for (const [path, content] of Object.entries({ ...files, ...lan })) {
    await mkdir(dirname(join(upper, path)), { recursive: true });
    await writeFile(join(upper, path), content);
  }
  const units = join(upper, 'etc/systemd/system');
  await mkdir(units, { recursive: true });
  for (const unit of masked) await symlink('/dev/null', join(units, unit));
  await writeSeed(join(upper, 'var/lib/cloud/seed/nocloud'), options);
  await writeModules(upper);
}

/** Says of the host's kernel that it has `modules` built in, so that modprobe in the machine has nothing to do. */
async function writeModules(upper: string): Promise<void> {
  const folder = join(upper, 'usr/lib/modules', release());
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'modules.order'), '');
  await writeFile(join(folder, 'modules.builtin'), modules.map((name) => `kernel/${name}.ko\n`).join(''));
  await run('depmod', ['-b', join(upper, 'usr'), release()]);
}

/** The kernel counts what all machines watch together: with its default a third one's kubelet does not start. */
const inotify = '/proc/sys/fs/inotify/max_user_instances';
const inotifyInstances = 8192;

/** Loads what the host's kernel has as modules (one without modules has them built in), and lets many machines run. */
export async function prepareHost(): Promise<void> {
  await run('modprobe', ['-q', '-a', ...modules]).catch(() => '');
  if (Number(await readFile(inotify, 'utf8')) < inotifyInstances)
    await writeFile(inotify, `${inotifyInstances}`);
}
