import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { NodeFile } from '../../../src/node/plan.ts';
import { execute } from '../../cli/run.ts';
import type { Outcome } from '../../cli/run.ts';
import { lacks, read } from '../../encode/reader.ts';
import { contents, layOut } from './emitted.ts';

const plain = { phase: 'image', secret: false } as const;
const fake = (path: string, content: string, mode: number): NodeFile => ({ path, content, mode, ...plain });

/** What the units lean on, of a machine's own. */
const targets = [
  'basic',
  'multi-user',
  'network-online',
  'shutdown',
  'sysinit',
  'timers',
  'sockets',
  'paths',
  'slices',
];
const machine = [
  ...targets.map((name) => fake(`/usr/lib/systemd/system/${name}.target`, '[Unit]\n', 0o644)),
  ...[
    '/usr/local/bin/containerd',
    '/usr/local/bin/kubelet',
    '/opt/node-problem-detector/bin/node-problem-detector',
  ].map((path) => fake(path, '#!/bin/sh\n', 0o755)),
];

const nameOf = (unit: NodeFile): string => unit.path.split('/').at(-1) ?? '';

async function verify(folder: string, units: readonly NodeFile[]): Promise<Outcome> {
  return await execute(
    'systemd-analyze',
    ['verify', `--root=${folder}`, '--man=no', ...units.map(nameOf)],
    {},
  );
}

suite('units as they are emitted', async () => {
  const units = await contents((path) => path.endsWith('.service'));
  const join = (await contents((path) => path === '/usr/local/lib/flexgen/join')).slice(0, 1);

  test('all are found', () => {
    assert.deepEqual(units.map(nameOf).toSorted(), [
      'containerd.service',
      'flexgen.service',
      'kubelet.service',
      'node-problem-detector.service',
    ]);
  });

  for (const unit of units) {
    test(nameOf(unit), async (t) => {
      if (read('systemd-analyze', ['--version']) === undefined) return lacks(t, 'systemd-analyze');
      const folder = layOut(t, [...machine, ...join, ...units]);
      assert.deepEqual(await verify(folder, [unit]), { exitCode: 0, stdout: '', stderr: '' });
    });

    test(`${nameOf(unit)}: a mistake in it would be found`, async (t) => {
      if (read('systemd-analyze', ['--version']) === undefined) return lacks(t, 'systemd-analyze');
      const wrong = { ...unit, content: unit.content.replace('Restart=', 'Restrat=') };
      const folder = layOut(t, [...machine, ...join, ...units, wrong]);
      assert.match((await verify(folder, [wrong])).stderr, /Unknown key (?:name )?'Restrat'/);
    });
  }
});

suite('settings of the kernel', () => {
  test('sysctl reads each', async (t) => {
    const [file] = await contents((path) => path.startsWith('/etc/sysctl.d/'));
    assert.ok(file);
    if (read('sysctl', ['--version']) === undefined) return lacks(t, 'sysctl');
    const folder = layOut(t, [file]);
    const said = read('sysctl', ['--dry-run', '-p', folder + file.path]);
    assert.equal(said, file.content.replaceAll('=', ' = '));
  });

  test('modules are bare names', async () => {
    const [file] = await contents((path) => path.startsWith('/etc/modules-load.d/'));
    assert.match(file?.content ?? '', /^(?:[a-z][a-z0-9_]+\n)+$/);
  });
});
