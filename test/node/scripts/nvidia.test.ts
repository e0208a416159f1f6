import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import type { TestContext } from 'node:test';
import { createMachine } from './shell.ts';
import type { Machine } from './shell.ts';

const handler = '/etc/containerd/conf.d/nvidia.toml';
const pci = '/sys/bus/pci/devices/0000:01:00.0';

interface Device {
  readonly vendor: string;
  readonly class: string;
}

/** A machine with one device on its PCI bus, and NVIDIA's runtime where it is in the image. */
function machineWith(t: TestContext, device: Device, runtime: boolean): Machine {
  const machine = createMachine(t);
  machine.write(`${pci}/vendor`, `${device.vendor}\n`);
  machine.write(`${pci}/class`, `${device.class}\n`);
  machine.fake('systemctl', `echo "systemctl $*"`);
  if (runtime) machine.fake('nvidia-container-runtime', '');
  return machine;
}

const card = { vendor: '0x10de', class: '0x030200' } as const;

// The scripts that a mode adds to come before it, as in `install`.
const look = 'install\nmodes/nvidia\necho "labels: ${NODE_LABELS-}"';

suite('an NVIDIA card', () => {
  test('with its runtime: containerd gets the handler once, the node the label', async (t) => {
    const machine = machineWith(t, card, true);
    machine.write('/etc/flexgen/node.env', 'NODE_LABELS=site=a\n');
    const labels = 'labels: site=a,nvidia.com/gpu.present=true\n';
    const restarted = 'systemctl try-restart containerd\n';
    assert.deepEqual(await machine.bash(look), { exitCode: 0, stdout: restarted + labels, stderr: '' });
    const runtime = join(machine.folder, 'bin/nvidia-container-runtime');
    assert.equal(
      machine.read(handler),
      `version = 3
[plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.nvidia]
runtime_type = 'io.containerd.runc.v2'
options = {BinaryName = '${runtime}', SystemdCgroup = true}
`,
    );
    assert.equal((await machine.bash(look)).stdout, labels);
    // The card was taken out again.
    machine.write(`${pci}/vendor`, '0x8086\n');
    assert.equal((await machine.bash(look)).stdout, `${restarted}labels: site=a\n`);
    assert.ok(!existsSync(machine.folder + handler));
  });

  test('without its runtime: the console says what is lacking, and the node joins', async (t) => {
    const machine = machineWith(t, card, false);
    assert.deepEqual(await machine.bash(look), {
      exitCode: 0,
      stdout:
        'flexgen: WARNING: an NVIDIA card, but no nvidia-container-runtime: it belongs into the image, with the driver\nlabels: \n',
      stderr: '',
    });
  });

  for (const [what, device] of [
    ['another vendor’s card', { vendor: '0x1002', class: '0x030000' }],
    ['a network card of the same vendor', { vendor: '0x10de', class: '0x020000' }],
  ] as const) {
    test(`${what} is none`, async (t) => {
      const machine = machineWith(t, device, true);
      assert.deepEqual(await machine.bash(look), { exitCode: 0, stdout: 'labels: \n', stderr: '' });
      assert.ok(!existsSync(machine.folder + handler));
    });
  }

  test('a containerd whose config has no such handler is a verdict', async (t) => {
    const machine = machineWith(t, card, true);
    machine.fake('containerd', 'echo "BinaryName = \'\'"');
    const { exitCode, stdout } = await machine.bash('install\nmodes/nvidia\nstep runtime 30\nruntime');
    assert.equal(exitCode, 33);
    assert.match(
      stdout,
      /FAILED at runtime \(33\): containerd has no handler for the NVIDIA card — look at \S*\/etc\/containerd\/conf\.d\n$/,
    );
    machine.fake(
      'containerd',
      `echo "BinaryName = '${join(machine.folder, 'bin/nvidia-container-runtime')}'"`,
    );
    assert.equal((await machine.bash('install\nmodes/nvidia\nstep runtime 30\nruntime')).exitCode, 0);
  });
});
