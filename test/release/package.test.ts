import assert from 'node:assert/strict';
import { copyFileSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { secretEnv, workstation } from '../azure-cli/support.ts';
import { createRig, execute, root, temporary } from '../cli/run.ts';
import type { Outcome } from '../cli/run.ts';
import { copyStarters, renderMade, starters } from '../render/starters.ts';
import { pack } from '../supply/pack.ts';
import { nodeFolder } from './node.ts';

interface Manifest {
  readonly version: string;
  readonly engines: { readonly node: string };
}

const text = (path: string): string => readFileSync(join(root, path), 'utf8');
const { version, engines } = JSON.parse(text('package.json')) as Manifest;

/** The oldest that package.json says, and the newest of each line that is kept alive. */
const nodes = [engines.node.replace(/^>=([\d.]+)$/, '$1.0'), '22', '24'];

/** npm in an empty home, where no package is known and no registry is asked. */
const bareNpm = (home: string, path = process.env['PATH'] ?? '') => ({
  HOME: home,
  PATH: path,
  npm_config_offline: 'true',
  npm_config_update_notifier: 'false',
  npm_config_fund: 'false',
  npm_config_audit: 'false',
});

const bytes = (count: number): string => `${count.toLocaleString('en-US')} bytes`;

test('the package, installed into an empty folder', async (t) => {
  const folder = temporary(t);
  const { archive, size, unpackedSize, files } = await pack(folder);
  t.diagnostic(`package: ${bytes(size)}, unpacked ${bytes(unpackedSize)} in ${files.length} files`);
  const ended = await execute('npm', ['install', archive], { cwd: folder, env: bareNpm(folder) });
  assert.equal(ended.exitCode, 0, ended.stderr);
  const names = readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.'));
  t.diagnostic(`packages that come with it: ${names.length - 1}`);
  assert.deepEqual(names, ['flexgen']);

  for (const wanted of nodes) {
    await t.test(`runs on Node.js ${wanted}`, async (on) => {
      const path = await nodeFolder(on, wanted);
      if (path === undefined) return;
      const PATH = `${path}:/usr/bin:/bin`;
      // As a shell starts it: `node` is the one that PATH has first.
      const flexgen = async (args: readonly string[], cwd: string, env = {}): Promise<Outcome> =>
        await execute(join(folder, 'node_modules/.bin/flexgen'), args, { cwd, env: { PATH, ...env } });
      const said = async (args: readonly string[], cwd = folder): Promise<string> => {
        const { exitCode, stdout, stderr } = await flexgen(args, cwd);
        assert.deepEqual({ exitCode, stderr }, { exitCode: 0, stderr: '' }, args.join(' '));
        return stdout;
      };
      const own = (await execute('node', ['--version'], { env: { PATH } })).stdout.trim();
      assert.ok(own.startsWith(`v${wanted}`), own);

      await on.test('says its version and its help', async () => {
        assert.equal(await said(['--version']), `${version}\n`);
        assert.match(await said(['--help']), /^Usage: flexgen \[options\] \[command\]\n/);
      });

      await on.test('prints the schema that is checked in', async () => {
        assert.equal(await said(['schema']), text('generated/config.schema.json'));
      });

      await on.test('renders each starter to the bytes that are checked in', async (here) => {
        const { folder: cwd } = createRig(here);
        await copyStarters(cwd);
        for (const name of starters) {
          const payload = await said(['cloud-init', '--no-setup', '--offline', '-c', `${name}.yaml`], cwd);
          // Arc's machine has a key, which the one that is checked in has a word for.
          const same = name === 'arc' ? await renderMade(name) : text(`generated/${name}.user-data.yaml`);
          assert.ok(payload === same, name);
        }
      });

      await on.test('packs to the same bytes as the Node.js that runs the tests', async (here) => {
        const rig = createRig(here);
        await copyStarters(rig.folder);
        const args = ['cloud-init', '--offline', '-c', 'scaling-group.yaml', '--envelope', 'gzip-base64'];
        assert.equal(await said(args, rig.folder), (await rig.flexgen(args)).stdout);
      });

      await on.test('asks Azure, and no library of it warns', async (here) => {
        const station = await workstation(here);
        const env = { ...secretEnv(station.azure), HOME: station.dir };
        const { exitCode, stderr } = await flexgen(['facts', '-c', 'edge.yaml'], station.dir, env);
        assert.deepEqual({ exitCode, stderr }, { exitCode: 0, stderr: '' });
      });

      await on.test('runs by npx from the archive, with nothing in npm’s cache', async (here) => {
        const home = temporary(here);
        copyFileSync(archive, join(home, basename(archive)));
        const env = bareNpm(home, `${path}:${process.env['PATH'] ?? ''}`);
        const began = performance.now();
        const args = ['--yes', `./${basename(archive)}`, '--version'];
        const { exitCode, stdout } = await execute('npx', args, { cwd: home, env });
        const seconds = ((performance.now() - began) / 1000).toFixed(1);
        here.diagnostic(`npx with an empty cache, on Node.js ${own}: ${seconds} s`);
        assert.deepEqual({ exitCode, stdout }, { exitCode: 0, stdout: `${version}\n` });
      });
    });
  }
});
