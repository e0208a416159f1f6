import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import type { TestContext } from 'node:test';
import { createMachine } from './shell.ts';
import type { Machine } from './shell.ts';

/** What would reach the machine that plays the tests. */
const programs = [
  'systemctl',
  'umount',
  'ip',
  'nft',
  'swapon',
  'sysctl',
  'rmmod',
  'timeout',
  'iptables-save',
  'iptables-restore',
  'ip6tables-save',
  'ip6tables-restore',
];

const again = 'flexgen: no node any more; to join again: new user-data, `cloud-init clean --reboot`\n';
const reset = 'usr/local/bin/flexgen-node reset --yes';

/** A node, with a stranger's file where one of ours was put and one beside it. */
function nodeOf(t: TestContext): Machine {
  const machine = createMachine(t);
  for (const name of programs) machine.fake(name, `echo "${name} $*" >>said`);
  machine.fake('dpkg', 'exit 1');
  const at = (path: string): string => join(machine.folder, path);
  machine.write('/usr/local/bin/runc', 'stranger');
  machine.write('/etc/flexgen/image.env', `FILES='${at('/etc/containerd/config.toml')}'\n`);
  machine.write('/etc/flexgen/node.env', 'NODE_NAME=edge-01\n');
  machine.write('/etc/containerd/config.toml', 'ours');
  machine.write('/etc/fstab', '#flexgen /swapfile none swap sw 0 0\n# a comment\n');
  machine.write('/proc/self/mountinfo', '');
  machine.write('/proc/modules', '');
  machine.write('/var/lib/kubelet/config.yaml', 'ours');
  return machine;
}

const isRoot = process.getuid?.() === 0;

suite('what is made is noted', { concurrency: 2 }, () => {
  test('a file, all from the folder on that is missing, and a stranger’s file, once', async (t) => {
    const machine = createMachine(t);
    machine.write('/usr/local/bin/runc', 'stranger');
    const made = `lib
made usr/local/bin/ctr opt/cni/bin/bridge usr/local/bin/runc usr/local/bin
mkdir -p opt/cni/bin; echo ours >opt/cni/bin/bridge; echo ours >usr/local/bin/runc
made opt/cni/bin/bridge opt/cni/bin/portmap usr/local/bin/runc`;
    // Relative paths have no root to climb to.
    const rooted = made.replaceAll(/ (usr|opt)\//g, ` ${machine.folder}/$1/`);
    assert.equal((await machine.bash(rooted)).exitCode, 0);
    const noted = machine.read('/var/lib/flexgen/made').replaceAll(machine.folder, '');
    assert.equal(
      noted,
      '/usr/local/bin/ctr\n/usr/local/bin/ctr\n/opt/cni/bin/bridge\n/opt\n/usr/local/bin/runc\n/usr/local/bin/runc\n/opt/cni/bin/portmap\n/opt/cni/bin/portmap\n',
    );
    const kept = await machine.bash('tar tf var/lib/flexgen/kept');
    assert.equal(kept.stdout.replace(machine.folder, ''), '/usr/local/bin/runc\n');
  });
});

suite('flexgen-node reset', { concurrency: 2, skip: !isRoot && 'needs root' }, () => {
  const madeRunc = `lib
made "$PWD"/usr/local/bin/runc "$PWD"/opt/cni/bin
mkdir -p opt/cni/bin; echo ours >usr/local/bin/runc; echo ours >opt/cni/bin/bridge
echo kernel.panic = 0 >var/lib/flexgen/sysctl; echo virtio_net >var/lib/flexgen/modules`;

  test('removes what is ours and brings back what was a stranger’s', async (t) => {
    const machine = nodeOf(t);
    machine.write(
      '/proc/modules',
      'xt_nat 1 0 - Live 0x0\nvirtio_net 1 0 - Live 0x0\noverlay 1 0 - Live 0x0\n',
    );
    assert.equal((await machine.bash(madeRunc)).exitCode, 0);
    assert.deepEqual(await machine.bash(reset), { exitCode: 0, stdout: again, stderr: '' });
    assert.equal(machine.read('/usr/local/bin/runc'), 'stranger\n'.trim());
    assert.equal(machine.read('/etc/fstab'), '/swapfile none swap sw 0 0\n# a comment\n');
    for (const path of [
      '/etc/flexgen',
      '/etc/containerd',
      '/opt/cni',
      '/var/lib/flexgen',
      '/var/lib/kubelet',
    ])
      assert.equal(existsSync(join(machine.folder, path)), false, path);
    assert.deepEqual(machine.names('/usr/local/bin'), ['runc']);
    const said = machine.read('/said');
    assert.match(said, /^rmmod xt_nat\nrmmod overlay$/m);
    assert.match(said, /^sysctl -qp .*\/var\/lib\/flexgen\/sysctl$/m);
  });

  test('only the chains of Kubernetes and CNI go, and what leads there', async (t) => {
    const machine = nodeOf(t);
    machine.fake(
      'iptables-save',
      `cat <<'END'
# Generated
*nat
:PREROUTING ACCEPT [0:0]
:KUBE-SERVICES - [0:0]
:CNI-a1b2 - [0:0]
:MINE - [0:0]
-A PREROUTING -m comment --comment "kubernetes service portals" -j KUBE-SERVICES
-A PREROUTING -m comment --comment "not KUBE-SERVICES" -j MINE
-A POSTROUTING -s 10.244.0.2/32 -m comment --comment "name: \\"flexgen\\"" -j CNI-a1b2
-A KUBE-SERVICES -j CNI-a1b2
-A MINE -j ACCEPT
COMMIT
*filter
:INPUT ACCEPT [0:0]
-A INPUT -p tcp --dport 22 -j ACCEPT
COMMIT
END`,
    );
    machine.fake('iptables-restore', '{ cat; printf "%s\\n" "$*"; } >restored');
    assert.equal((await machine.bash(reset)).exitCode, 0);
    assert.equal(
      machine.read('/restored'),
      `*nat
-F KUBE-SERVICES
-F CNI-a1b2
-D PREROUTING -m comment --comment "kubernetes service portals" -j KUBE-SERVICES
-D POSTROUTING -s 10.244.0.2/32 -m comment --comment "name: \\"flexgen\\"" -j CNI-a1b2
-X KUBE-SERVICES
-X CNI-a1b2
COMMIT
*filter
COMMIT
-n
`,
    );
  });

  test('what can’t be unmounted is never removed', async (t) => {
    const machine = nodeOf(t);
    const volume = '/var/lib/kubelet/pods/1/volumes/a\\040b';
    const mount = `40 1 0:35 / ${machine.folder}${volume} rw shared:9 - nfs nas:/x rw\n`;
    machine.write('/proc/self/mountinfo', `1 0 8:1 / / rw shared:1 - ext4 /dev/sda1 rw\n${mount}`);
    const { exitCode, stdout } = await machine.bash(reset);
    assert.deepEqual(
      { exitCode, stdout },
      { exitCode: 1, stdout: `${mount}flexgen: FAILED: this is still mounted\n` },
    );
    assert.equal(machine.read('/var/lib/kubelet/config.yaml'), 'ours');
    assert.match(machine.read('/said'), /^umount -l .*\/volumes\/a b$/m);
    machine.write('/proc/self/mountinfo', '');
    assert.deepEqual(await machine.bash(reset), { exitCode: 0, stdout: again, stderr: '' });
  });

  test('kubelet’s folder is unmounted where it is mounted on itself, not where it is a disk', async (t) => {
    const machine = nodeOf(t);
    const folder = `${machine.folder}/var/lib/kubelet`;
    machine.write('/proc/self/mountinfo', `40 1 8:2 / ${folder} rw - ext4 /dev/sdb rw\n`);
    assert.deepEqual(await machine.bash(reset), { exitCode: 0, stdout: again, stderr: '' });
    assert.doesNotMatch(machine.read('/said'), /^umount/m);
    const node = nodeOf(t);
    const own = `${node.folder}/var/lib/kubelet`;
    const mount = `40 1 8:1 ${own} ${own} rw shared:9 - ext4 /dev/sda1 rw\n`;
    node.write('/proc/self/mountinfo', mount);
    assert.deepEqual(await node.bash(reset), {
      exitCode: 1,
      stdout: `${mount}flexgen: FAILED: this is still mounted\n`,
      stderr: '',
    });
    assert.ok(node.read('/said').includes(`umount -l ${own}\n`));
  });

  test('asks, and takes no answer for no', async (t) => {
    const machine = nodeOf(t);
    const list = `${machine.folder}/etc/containerd/config.toml\n`;
    assert.deepEqual(await machine.bash('usr/local/bin/flexgen-node reset 2>/dev/null </dev/null'), {
      exitCode: 1,
      stdout: `${list}flexgen: FAILED: not confirmed\n`,
      stderr: '',
    });
    assert.equal(machine.read('/var/lib/kubelet/config.yaml'), 'ours');
    const yes = await machine.bash('echo y | usr/local/bin/flexgen-node reset 2>/dev/null');
    assert.deepEqual(yes, { exitCode: 0, stdout: `${list}${again}`, stderr: '' });
  });

  test('a machine that is no node', async (t) => {
    const machine = createMachine(t);
    const stdout = 'flexgen: this machine is no node\n';
    assert.deepEqual(await machine.bash(reset), { exitCode: 0, stdout, stderr: '' });
  });

  test('a file that a package has, too, is named', async (t) => {
    const machine = nodeOf(t);
    machine.fake('dpkg', 'echo "containerd.io: /etc/containerd/config.toml"');
    const stdout = `flexgen: overwritten by the payload: containerd.io: /etc/containerd/config.toml\n${again}`;
    assert.deepEqual(await machine.bash(reset), { exitCode: 0, stdout, stderr: '' });
  });
});
