import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import type { TestContext } from 'node:test';
import { createRig } from '../cli/run.ts';
import type { Rig } from '../cli/run.ts';
import { pythonWith } from '../encode/reader.ts';
import { differences, pathsBelow, readBaked } from './baked.ts';
import type { NodeFiles } from './baked.ts';
import { decode } from './decode.ts';
import { copyStarters, starters } from './starters.ts';

const skip = pythonWith('yaml') === undefined && 'needs PyYAML';

/** What a golden payload alone says, in a file that each payload has: the image that it is for. */
const settings = '/etc/flexgen/node.env';
const expected = /^IMAGE=(.*)\n/m;

const expectedImage = (files: NodeFiles): string | undefined =>
  expected.exec(files.get(settings)?.content ?? '')?.[1];

const imageOf = (folder: string): unknown =>
  (JSON.parse(readFileSync(join(folder, 'bake/image.json'), 'utf8')) as { readonly id: unknown }).id;

async function done(rig: Rig, ...args: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await rig.flexgen(args);
  assert.equal(exitCode, 0, stderr);
  return stdout;
}

/** What a machine is given by cloud-init. */
async function installed(rig: Rig, config: string, image: 'stock' | 'golden'): Promise<NodeFiles> {
  const args = ['cloud-init', '--no-setup', '--offline', '--image', image, '-c', config];
  return decode(await done(rig, ...args))?.files ?? assert.fail('PyYAML is there');
}

async function bake(rig: Rig, config: string, folder: string): Promise<string> {
  await done(rig, 'packer', '--offline', '-c', config, '-o', folder);
  return join(rig.folder, folder);
}

async function starterRig(t: TestContext): Promise<Rig> {
  const rig = createRig(t);
  await copyStarters(rig.folder);
  return rig;
}

/** Those of a stock machine that a golden machine's payload leaves to its image. */
const leftToImage = (stock: NodeFiles, golden: NodeFiles): NodeFiles =>
  new Map([...stock].filter(([path]) => !golden.has(path)));

/** Each with what is written in place of a line of its own. */
const configs: readonly (readonly [starter: string, line: string, instead: string])[] = [
  ...starters.map((name) => [name, '', ''] as const),
  ['service-principal', 'mode: service-principal', '$&\n  authorityCa: { file: example/corp-ca.pem }'],
];

suite('what Packer bakes is what cloud-init installs, path by path', { skip, concurrency: 2 }, () => {
  for (const [name, line, instead] of configs)
    test(line === '' ? name : `${name} behind an authority with a CA of its own`, async (t) => {
      const rig = await starterRig(t);
      const config = `${name}.yaml`;
      const file = join(rig.folder, config);
      writeFileSync(file, readFileSync(file, 'utf8').replace(line, instead));
      const folder = await bake(rig, config, 'build');
      const baked = readBaked(folder);
      const stock = await installed(rig, config, 'stock');
      const golden = await installed(rig, config, 'golden');
      assert.deepEqual(baked.flaws, []);
      assert.deepEqual(differences(baked.files, leftToImage(stock, golden)), []);
      assert.ok(baked.files.size > 10);
      assert.deepEqual([expectedImage(stock), expectedImage(golden)], [undefined, imageOf(folder)]);
      // What is the node's own is the same on both, but for the image that it should find.
      for (const [path, { mode, content }] of golden)
        assert.deepEqual({ mode, content: content.replace(expected, '') }, stock.get(path), path);
    });
});

test('a file that somebody has edited is named', { skip }, async (t) => {
  const rig = await starterRig(t);
  const folder = await bake(rig, 'arc.yaml', 'build');
  const stock = await installed(rig, 'arc.yaml', 'stock');
  const image = leftToImage(stock, await installed(rig, 'arc.yaml', 'golden'));
  const at = (path: string): string => join(folder, 'bake/node', path);
  const list = join(folder, 'bake/files.tsv');
  const row = (path: string): string => `\t${path}\n`;

  appendFileSync(at('/usr/local/lib/flexgen/install'), '# and one line more\n');
  assert.deepEqual(readBaked(folder).flaws, [
    '/usr/local/lib/flexgen/install: has not the digest of files.tsv',
  ]);

  const text = readFileSync(list, 'utf8');
  writeFileSync(
    list,
    text.replace(`0700${row('/var/lib/kubelet/token.sh')}`, `0755${row('/var/lib/kubelet/token.sh')}`),
  );
  rmSync(at('/etc/sysctl.d/99-flexgen.conf'));
  renameSync(at('/usr/local/bin/flexgen-node'), at('/usr/local/bin/flexgen-tool'));
  const { files, flaws } = readBaked(folder);
  assert.deepEqual(differences(files, image), [
    '/etc/sysctl.d/99-flexgen.conf: is installed, and not baked',
    '/usr/local/bin/flexgen-node: is installed, and not baked',
    '/usr/local/bin/flexgen-tool: is baked, and not installed',
    '/usr/local/lib/flexgen/install: the content differs',
    '/var/lib/kubelet/token.sh: mode 0755 is baked, 0700 installed',
  ]);
  assert.deepEqual(flaws.toSorted(), [
    '/etc/sysctl.d/99-flexgen.conf: is in files.tsv alone',
    '/usr/local/bin/flexgen-node: is in files.tsv alone',
    '/usr/local/bin/flexgen-tool: is not in files.tsv',
    '/usr/local/lib/flexgen/install: has not the digest of files.tsv',
  ]);
});

/** The folder's files, but for the build user's key, which each folder has of its own. */
const shared = (folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    pathsBelow(folder)
      .filter((path) => path !== 'build-key' && path !== 'cidata/user-data')
      .map((path) => [path, readFileSync(join(folder, path), 'utf8')]),
  );

suite('an image is no node’s own', { concurrency: 2 }, () => {
  test('two nodes of one config have the same, and their payloads know it', { skip }, async (t) => {
    const rig = await starterRig(t);
    const one = readFileSync(join(rig.folder, 'service-principal.yaml'), 'utf8');
    const other = one
      .replace('edge-02', 'edge-03')
      .replace('10.244.202.0/26', '10.244.203.0/26')
      .replace(
        'maxPods: 60',
        'maxPods: 30\n  ip: { interface: eth1 }\n  labels: { site: a }\n  taints: [a=b:NoExecute]',
      )
      .replace('example/client-secret.txt', 'secret');
    rig.write('other.yaml', other);
    rig.write('secret', 'another~secret');
    const folders = [await bake(rig, 'service-principal.yaml', 'a'), await bake(rig, 'other.yaml', 'b')];
    const [first = {}, second = {}] = folders.map(shared);
    assert.deepEqual(
      Object.keys(first).filter((path) => first[path] !== second[path]),
      [],
    );
    assert.deepEqual(Object.keys(first), Object.keys(second));
    const [payload, another] = [
      await installed(rig, 'service-principal.yaml', 'golden'),
      await installed(rig, 'other.yaml', 'golden'),
    ];
    assert.equal(expectedImage(payload), expectedImage(another));
    assert.notDeepEqual(payload.get(settings), another.get(settings));
  });

  for (const name of starters)
    test(`${name}: nothing of it is secret, nor needs a secret`, async (t) => {
      const rig = await starterRig(t);
      const secrets = ['example/client-secret.txt', 'example/bootstrap-token.txt'].map((path) =>
        rig.read(path).trim(),
      );
      const before = shared(await bake(rig, `${name}.yaml`, 'before'));
      for (const [path, content] of Object.entries(before)) {
        for (const secret of secrets) assert.ok(!content.includes(secret), path);
        // A key as PEM, or as one line of base64: of its DER, or of one of its primes.
        assert.doesNotMatch(content, /PRIVATE KEY-----\s+[A-Za-z0-9+/]{40}|[A-Za-z0-9+/]{100}/, path);
      }
      for (const path of ['client-secret.txt', 'bootstrap-token.txt', 'obviously-fake-principal.pem'])
        rmSync(join(rig.folder, 'example', path));
      rmSync(join(rig.folder, '.flexgen'), { recursive: true });
      assert.deepEqual(shared(await bake(rig, `${name}.yaml`, 'after')), before);
    });
});
