import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The host-wide keys that kubelet or a payload sets, with the values of a freshly booted kernel. Each is no longer than
 * what is written over it: systemd-sysctl does not shorten the file.
 */
const fresh: Readonly<Record<string, string>> = {
  'vm.overcommit_memory': '0',
  'vm.panic_on_oom': '0',
  'kernel.panic': '0',
  'kernel.panic_on_oops': '0',
  'kernel.keys.root_maxkeys': '1000000',
  'kernel.keys.root_maxbytes': '25000000',
  'kernel.pid_max': '32768',
  'fs.inotify.max_user_watches': '8192',
  'fs.inotify.max_user_instances': '128',
};

/**
 * Writes a file for every sysctl that is the host's and that the image or a payload may set, and the empty list of
 * swaps. Anew for each boot, as a kernel forgets them.
 */
export async function writeShadows(bootDir: string, lower: readonly string[]): Promise<void> {
  const folder = join(bootDir, 'sysctl');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const key of await keysOf(lower)) {
    const present = await readFile(join('/proc/sys', key.replaceAll('.', '/')), 'utf8').catch(
      () => undefined,
    );
    if (present !== undefined) await writeFile(join(folder, key), present);
  }
  for (const [key, value] of Object.entries(fresh)) await writeFile(join(folder, key), `${value}\n`);
  // journalctl -b and whoever asks whether the machine was rebooted.
  await writeFile(join(folder, 'kernel.random.boot_id'), `${randomUUID()}\n`);
  await writeFile(join(bootDir, 'swaps'), 'Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n');
}

/** What the image's own sysctl.d sets, but for net, which a machine in namespaces has to itself. */
async function keysOf(lower: readonly string[]): Promise<readonly string[]> {
  const keys = new Set<string>();
  const folders = lower.flatMap((layer) => [join(layer, 'usr/lib/sysctl.d'), join(layer, 'etc/sysctl.d')]);
  for (const path of folders) {
    for (const name of await readdir(path).catch(() => [])) {
      const text = await readFile(join(path, name), 'utf8').catch(() => '');
      for (const [, key] of text.matchAll(/^\s*-?([\w.]+)\s*=/gm)) if (key !== undefined) keys.add(key);
    }
  }
  return [...keys].filter((key) => !key.startsWith('net.'));
}
