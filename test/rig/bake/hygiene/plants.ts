import { appendFile, chmod, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { BakedTree } from './item.ts';

/** Writes a file of an image, folders and all; in place of what is there. */
export async function put(root: string, path: string, content: string, mode = 0o644): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await rm(join(root, path), { force: true });
  await writeFile(join(root, path), content);
  await chmod(join(root, path), mode);
}

type Plant = (tree: BakedTree) => Promise<unknown>;

/** A violation of each item, by the item's name. */
export const plants: Readonly<Record<string, Plant>> = {
  'an empty machine-id': ({ root }) => put(root, 'etc/machine-id', 'uninitialized\n'),
  'no host name': ({ root }) => put(root, 'etc/hostname', 'build-7\n'),
  'no account of a person': ({ root }) =>
    appendFile(join(root, 'etc/passwd'), 'eve:x:1001:1001::/:/bin/sh\n'),
  'no right to be root': ({ root }) => put(root, 'etc/sudoers.d/90-users', 'eve ALL=(ALL) NOPASSWD:ALL\n'),
  "the resolver's own link": ({ root }) => put(root, 'etc/resolv.conf', 'nameserver 192.0.2.1\n'),
  'no word of the build or of a secret': ({ root, words }) =>
    put(root, 'usr/share/left', Buffer.from(`a ${words[0]} b`).toString('base64')),
  'no key and no secret among what was deleted': ({ disk }) =>
    writeFile(disk, '\0b3BlbnNzaC1rZXktdjEAAAAABG5vbmU\0', { flag: 'r+' }),
  'no SSH host key': ({ root }) => put(root, 'etc/ssh/ssh_host_ed25519_key', 'x', 0o600),
  'no authorized key': ({ root }) => put(root, 'root/.ssh/authorized_keys', 'x'),
  'no state of cloud-init': ({ root }) => put(root, 'var/lib/cloud/data/instance-id', 'iid-1\n'),
  'no network that cloud-init wrote': ({ root }) =>
    put(root, 'etc/netplan/50-cloud-init.yaml', 'network: {}\n'),
  'no home of a person': ({ root }) => mkdir(join(root, 'home/eve'), { recursive: true }),
  'no earlier list of accounts': ({ root }) => put(root, 'etc/shadow-', 'eve:!:1::::::\n'),
  'no shell history': ({ root }) => put(root, 'root/.bash_history', 'ls\n'),
  'no log': ({ root }) => put(root, 'var/log/journal/1/system.journal', 'x'),
  'no list of apt': ({ root }) => put(root, 'var/lib/apt/lists/deb_Packages', 'x'),
  'no cache of apt': ({ root }) => put(root, 'var/cache/apt/pkgcache.bin', 'x'),
  'no core dump': ({ root }) => put(root, 'var/lib/systemd/coredump/core.x.zst', 'x'),
  'no random seed': ({ root }) => put(root, 'var/lib/systemd/random-seed', 'x'),
  'no DHCP lease': ({ root }) => put(root, 'var/lib/dhcp/dhclient.eth0.leases', 'x'),
  'no temporary file': ({ root }) => put(root, 'var/tmp/flexgen-bake/provision', 'x'),
  'no state of flexgen': ({ root }) => put(root, 'var/lib/flexgen/status.json', '{}'),
  'no identity of a node': ({ root }) => put(root, 'var/lib/kubelet/kubeconfig', 'x'),
  'no connection of Azure Arc': ({ root }) => put(root, 'var/opt/azcmagent/agentconfig.json', '{}'),
  'no state of the Azure agent': ({ root }) => put(root, 'var/lib/waagent/ovf-env.xml', 'x'),
  'no unit that starts by itself': async ({ root }) => {
    const wants = join(root, 'etc/systemd/system/multi-user.target.wants');
    await mkdir(wants, { recursive: true });
    await symlink('/etc/systemd/system/kubelet.service', join(wants, 'kubelet.service'));
  },
  "each file of the list: content, mode, root's": ({ root }) =>
    chmod(join(root, 'usr/local/lib/flexgen/join'), 0o775),
  'no setting beside those of the list': ({ root }) => put(root, 'etc/flexgen/node.env', 'NODE_NAME=a\n'),
  'each program, by its digest': ({ root }) => put(root, 'usr/local/bin/kubelet', '#!/bin/sh\n', 0o755),
  "each container image, in containerd's store": ({ root }) =>
    rm(join(root, 'var/lib/containerd/io.containerd.content.v1.content'), { recursive: true }),
  'no swap after a boot': ({ root }) => appendFile(join(root, 'etc/fstab'), '/swapfile none swap sw 0 0\n'),
  // Last: without it nothing is known of the contents.
  'a manifest that says what it is': async ({ root }) => {
    const path = 'etc/flexgen/image.json';
    await put(root, path, '{"files": [], "artifacts": [], "images": []}');
  },
};
