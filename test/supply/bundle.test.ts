import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { suite, test } from 'node:test';
import { execute, root, temporary } from '../cli/run.ts';
import { readBom } from './cyclonedx.ts';
import type { Bom } from './cyclonedx.ts';

const shipped = (name: string): string => readFileSync(`${root}/dist/${name}`, 'utf8');
const bom = readBom(shipped('flexgen.cdx.json'));
const { version } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8')) as { version: string };

/** All that licences of this kind ask for is that their texts come along, and they do. */
const permissive = new Set(['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT', 'Unlicense']);

suite('what is in the bundle', () => {
  test('its bill of materials is of this version', () => {
    assert.equal(bom.metadata.component.purl, `pkg:npm/flexgen@${version}`);
    assert.match(
      bom.serialNumber,
      /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });

  test('npm’s own bill knows each package, with the same digest', async (t) => {
    const args = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'];
    const { exitCode, stdout, stderr } = await execute('npm', args, {
      cwd: root,
      env: { HOME: temporary(t), npm_config_offline: 'true' },
    });
    assert.equal(exitCode, 0, stderr);
    const known = new Map((JSON.parse(stdout) as Bom).components.map((one) => [one.purl, one.hashes]));
    assert.ok(bom.components.length > 50);
    for (const { purl, hashes } of bom.components) assert.deepEqual(known.get(purl), hashes, purl);
  });

  test('all licences are known and permissive, and their texts come along', () => {
    const notices = shipped('THIRD-PARTY.txt');
    for (const { name, version: own, licenses } of bom.components) {
      const [first, ...others] = licenses ?? [];
      const id = first?.license?.id ?? '';
      assert.deepEqual(others, []);
      assert.ok(permissive.has(id), `${name}: ${id}`);
      assert.ok(notices.includes(`\n${name} ${own} (${id})\n`), name);
    }
  });

  test('nothing is loaded from outside it but Node.js', () => {
    const files = ['flexgen.js', ...readdirSync(`${root}/dist/chunks`).map((name) => `chunks/${name}`)];
    const outside = files
      .filter((name) => name.endsWith('.js'))
      .flatMap((name) => [
        ...shipped(name).matchAll(
          /(?:^|[;}\n])(?:import|export)(?:[\w$*{},\s]*from)?\s*["']([^"']+)["']|\bimport\(["']([^"']+)["']\)|(?<![\w"'`])require\d*\(["']([^"'./][^"']*)["']\)/g,
        ),
      ])
      .map(([, fixed, dynamic, required]) => fixed ?? dynamic ?? required ?? '')
      .filter((name) => !/^\.\.?\//.test(name));
    const foreign = outside
      .map((name) => name.replace(/^node:/, ''))
      .filter((name) => !builtinModules.includes(name));
    assert.ok(outside.length > 50);
    assert.deepEqual(foreign, []);
  });
});
