import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import type { TestContext } from 'node:test';
import { sample, sampleFiles } from '../cli/sample.ts';
import { createRig, execute, root, temporary } from '../cli/run.ts';
import { secretEnv, workstation } from '../azure-cli/support.ts';

/** The folder of the package, as whoever installs it has it: unpacked, with no other beside it. */
async function installed(t: TestContext): Promise<string> {
  const folder = temporary(t);
  const args = ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder];
  const packed = await execute('npm', args, { cwd: root, env: { HOME: folder } });
  assert.equal(packed.exitCode, 0, packed.stderr);
  const unpacked = await execute('tar', ['xzf', packed.stdout.trim()], { cwd: folder });
  assert.equal(unpacked.exitCode, 0, unpacked.stderr);
  return join(folder, 'package');
}

suite('the package', () => {
  test('has the program, its starters and its papers, and nothing else', async (t) => {
    const folder = await installed(t);
    assert.deepEqual(readdirSync(folder).toSorted(), [
      'LICENSE',
      'README.md',
      'dist',
      'package.json',
      'templates',
    ]);
    assert.deepEqual(readdirSync(`${folder}/dist`).toSorted(), [
      'THIRD-PARTY.txt',
      'chunks',
      'flexgen.cdx.json',
      'flexgen.js',
    ]);
    assert.deepEqual(readdirSync(`${folder}/templates`), ['config']);
  });

  test('runs with nothing installed beside it, where it renders and where it asks Azure', async (t) => {
    const program = join(await installed(t), 'dist/flexgen.js');
    const rig = createRig(t, { 'flexgen.yaml': sample, ...sampleFiles });
    const run = (args: readonly string[]) =>
      execute(process.execPath, [program, ...args], { cwd: rig.folder });
    const payload = await run(['cloud-init', '--no-setup']);
    assert.deepEqual(payload, await rig.flexgen(['cloud-init', '--no-setup']));
    assert.equal(payload.exitCode, 0);
    const station = await workstation(t);
    const env = { ...secretEnv(station.azure), HOME: station.dir };
    const asked = await execute(process.execPath, [program, 'facts', '-c', 'edge.yaml'], {
      cwd: station.dir,
      env,
    });
    assert.deepEqual([asked.exitCode, asked.stderr], [0, '']);
    assert.equal(readFileSync(program, 'utf8').startsWith('#!/usr/bin/env node\n'), true);
  });
});
