import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { suite, test } from 'node:test';
import { parse } from 'yaml';
import { createMachine } from './shell.ts';
import type { Machine } from './shell.ts';

const config = '/var/lib/kubelet/config.yaml';
const token = 'f4k3f4.k3f4k3f4k3f4k3f4';
const start = 'kind: KubeletConfiguration\nmaxPods: 110\n';

interface Size {
  readonly cores: number;
  readonly gib: number;
  readonly maxPods?: number;
}

function machineOf(t: TestContext, { cores, gib, maxPods = 110 }: Size): Machine {
  const machine = createMachine(t);
  machine.fake('nproc', `echo ${cores}`);
  machine.write('/proc/meminfo', `MemTotal:       ${gib * 1024 * 1024} kB\nMemFree:        1 kB\n`);
  machine.write('/run/systemd/resolve/resolv.conf', 'nameserver 10.0.0.1\n');
  machine.write('/etc/flexgen/node.yaml', start);
  machine.write('/etc/flexgen/kubelet.yaml', 'kind: Other\nauthentication: {"x509":{}}\n');
  machine.write('/var/lib/kubelet/token', token, 0o600);
  machine.write(
    '/etc/flexgen/node.env',
    `NODE_NAME=edge-01\nSERVER=https://aks1.example:443\nNODE_LABELS=site=a\nMAX_PODS=${maxPods}\n`,
  );
  return machine;
}

const exec = {
  apiVersion: 'client.authentication.k8s.io/v1',
  command: '/var/lib/kubelet/token.sh',
  interactiveMode: 'Never',
};

const settle = 'join\nmodes/bootstrap-token\nstep kubelet 50\nsettle';
const ofConfig = settle.replace('step', 'modes/node-ip\nstep');

/** What `settle` adds to kubelet's config. */
async function added(machine: Machine): Promise<string> {
  assert.deepEqual(await machine.bash(settle), { exitCode: 0, stdout: '', stderr: '' });
  const text = machine.read(config);
  assert.ok(text.startsWith(start));
  return text.slice(start.length).replaceAll(machine.folder, '');
}

const reserved = (cpu: number, memory: number): string =>
  `authentication: {"x509":{}}\nresolvConf: /run/systemd/resolve/resolv.conf\nkubeReserved: {cpu: ${cpu}m, memory: ${memory}Mi}\n`;

suite('settle', { concurrency: 2 }, () => {
  // AKS 1.29 and later: learn.microsoft.com/azure/aks/node-resource-reservations.
  for (const [cores, millicores] of [
    [1, 60],
    [2, 100],
    [4, 140],
    [8, 180],
    [16, 260],
    [32, 420],
    [64, 740],
  ] as const) {
    test(`${cores} cores reserve ${millicores}m`, async (t) => {
      assert.equal(await added(machineOf(t, { cores, gib: 64 })), reserved(millicores, 2250));
    });
  }

  test('3 cores, which the table leaves out, lie between 2 and 4', async (t) => {
    assert.equal(await added(machineOf(t, { cores: 3, gib: 64 })), reserved(120, 2250));
  });

  for (const [gib, maxPods, memory] of [
    [64, 110, 2250],
    [64, 30, 650],
    [64, 250, 5050],
    [4, 110, 1024],
    [1, 110, 256],
    [1, 5, 150],
  ] as const) {
    test(`${gib} GiB with ${maxPods} pods reserve ${memory}Mi`, async (t) => {
      assert.equal(await added(machineOf(t, { cores: 2, gib, maxPods })), reserved(100, memory));
    });
  }

  test('a machine without systemd-resolved', async (t) => {
    const machine = machineOf(t, { cores: 2, gib: 64 });
    await machine.bash('rm run/systemd/resolve/resolv.conf');
    assert.match(await added(machine), /\nresolvConf: \/etc\/resolv\.conf\n/);
  });

  test('again makes the same of what a power cut has torn', async (t) => {
    const machine = machineOf(t, { cores: 2, gib: 64 });
    const once = await added(machine);
    machine.write(config, `${machine.read(config).slice(0, -40)}${'\0'.repeat(40)}`);
    assert.equal(await added(machine), once);
  });

  test('what the user has set stays', async (t) => {
    const machine = machineOf(t, { cores: 2, gib: 64 });
    const own = `${start}kubeReserved:\n cpu: 1\nresolvConf: /etc/mine\n`;
    machine.write('/etc/flexgen/node.yaml', own);
    await machine.bash(settle);
    assert.equal(machine.read(config), `${own}authentication: {"x509":{}}\n`);
  });

  test('kubelet’s arguments', async (t) => {
    const machine = machineOf(t, { cores: 2, gib: 64 });
    const shown = async (mode: string): Promise<string> => {
      await machine.bash(settle.replace('bootstrap-token', mode));
      return machine.read('/var/lib/kubelet/kubelet.env').replaceAll(machine.folder, '');
    };
    const common =
      'KUBELET_ARGS=--hostname-override=edge-01 --node-labels=kubernetes.azure.com/managed=false';
    assert.equal(
      await shown('bootstrap-token'),
      `${common},site=a --node-ip= --bootstrap-kubeconfig=/var/lib/kubelet/bootstrap-kubeconfig\n`,
    );
    machine.write(
      '/etc/flexgen/node.env',
      'SERVER=https://aks1.example:443\nNODE_NAME=edge-01\nMAX_PODS=9\n',
    );
    assert.equal(
      await shown('entra-always'),
      `${common} --node-ip= --kubeconfig=/var/lib/kubelet/kubeconfig\n`,
    );
  });

  for (const [mode, file, user] of [
    ['bootstrap-token', 'bootstrap-kubeconfig', { token }],
    ['entra', 'bootstrap-kubeconfig', { exec }],
    ['entra-always', 'kubeconfig', { exec }],
  ] as const) {
    test(`the kubeconfig that kubelet starts from: ${mode}`, async (t) => {
      const machine = machineOf(t, { cores: 2, gib: 64 });
      // A mask that would let everybody read it.
      await machine.bash(`umask 0\n${settle.replace('bootstrap-token', mode)}`);
      const made = parse(machine.read(`/var/lib/kubelet/${file}`).replaceAll(machine.folder, '')) as object;
      assert.deepEqual(made, {
        'apiVersion': 'v1',
        'kind': 'Config',
        'clusters': [
          {
            name: 'c',
            cluster: {
              'server': 'https://aks1.example:443',
              'certificate-authority': '/etc/kubernetes/pki/ca.crt',
            },
          },
        ],
        'users': [{ name: 'u', user }],
        'contexts': [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
        'current-context': 'x',
      });
      const modes = await machine.bash(`stat -c %a var/lib/kubelet/${file}`);
      assert.equal(modes.stdout, '600\n');
    });
  }

  test('the node’s address, where the config says which', async (t) => {
    const machine = machineOf(t, { cores: 2, gib: 64 });
    machine.fake(
      'ip',
      `[[ "$*" == '-o addr show to 10.8.0.0/16 scope global' ]] && echo '2: eth1    inet 10.8.0.21/16 brd 10.8.255.255 scope global eth1'`,
    );
    const script = `NODE_IP='to 10.8.0.0/16'\n${ofConfig}`;
    assert.equal((await machine.bash(script)).exitCode, 0);
    assert.match(machine.read('/var/lib/kubelet/kubelet.env'), / --node-ip=10\.8\.0\.21 /);
  });

  test('no such address', async (t) => {
    const machine = machineOf(t, { cores: 2, gib: 64 });
    machine.fake('ip', ':');
    assert.deepEqual(await machine.bash(`NODE_IP='dev eth7'\n${ofConfig}`), {
      exitCode: 51,
      stdout:
        'flexgen: FAILED at kubelet (51): no address of this machine fits node.ip: dev eth7 — run `flexgen-node logs`\n',
      stderr: '',
    });
  });
});
