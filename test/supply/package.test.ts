import assert from 'node:assert/strict';
import { lstatSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import type { TestContext } from 'node:test';
import { sample, sampleFiles } from '../cli/sample.ts';
import { createRig, execute, root, temporary } from '../cli/run.ts';
import { secretEnv, workstation } from '../azure-cli/support.ts';
import { pack } from './pack.ts';

/** The folder of the package, as whoever installs it has it: unpacked, with no other beside it. */
async function installed(t: TestContext): Promise<string> {
  const folder = temporary(t);
  const { archive } = await pack(folder);
  const unpacked = await execute('tar', ['xzf', archive], { cwd: folder });
  assert.equal(unpacked.exitCode, 0, unpacked.stderr);
  return join(folder, 'package');
}

/** Bytes that whoever runs it by `npx` waits for, and that it takes on the disk. */
const limits = { size: 1_000_000, unpackedSize: 4_500_000 };

const starters = readdirSync(`${root}/templates/config`, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.includes('.'))
  .map((name) => `templates/config/${name}`);

/** Every file that the package has; the program's parts are named by their content. */
const known = new Set([
  'LICENSE',
  'README.md',
  'package.json',
  'dist/THIRD-PARTY.txt',
  'dist/flexgen.cdx.json',
  'dist/flexgen.js',
  ...starters,
]);
const part = /^dist\/chunks\/[\w.-]+-[A-Z0-9]{8}\.js(?:\.LEGAL\.txt)?$/;

/** What a packed file must not give away, wherever it stands. */
const giveaways: Readonly<Record<string, RegExp>> = {
  'a private key': /-----BEGIN [A-Z ]*PRIVATE KEY-----\s*[A-Za-z0-9+/=]{40}/,
  'a token of npm or GitHub': /\b(?:npm_[A-Za-z0-9]{36}|gh[opsur]_\w{36}|github_pat_\w{30})/,
  'a token of Entra': /\beyJ[\w-]{20,}\.eyJ[\w-]{20,}/,
  'a source map': /\/\/# sourceMappingURL=/,
  'where it was built': new RegExp(root.replaceAll(/[^\w/]/g, String.raw`\$&`)),
};

suite('the package', () => {
  test('has the program, its starters and its papers, nothing else, and no more bytes than agreed', async (t) => {
    const { files, size, unpackedSize } = await pack(temporary(t));
    const paths = files.map(({ path }) => path);
    assert.deepEqual(
      paths.filter((path) => !known.has(path) && !part.test(path)),
      [],
    );
    assert.deepEqual(
      [...known].filter((path) => !paths.includes(path)),
      [],
    );
    assert.ok(size <= limits.size, `${size} bytes packed`);
    assert.ok(unpackedSize <= limits.unpackedSize, `${unpackedSize} bytes unpacked`);
  });

  test('gives nothing away; the starters’ keys and tokens say that they are fake', async (t) => {
    const folder = await installed(t);
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    const files = names.filter((name) => lstatSync(join(folder, name)).isFile());
    assert.ok(files.length > known.size);
    const found = files.flatMap((name) => {
      const text = readFileSync(join(folder, name), 'utf8');
      return Object.entries(giveaways).flatMap(([what, pattern]) => {
        const match = pattern.exec(text);
        return match === null ? [] : [`${name}: ${what}`];
      });
    });
    assert.deepEqual(found, ['templates/config/example/obviously-fake-principal.pem: a private key']);
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
