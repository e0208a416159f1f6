import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, statSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import type { Outcome, Rig } from '../run.ts';
import { fleet, render, rigWith, shared } from './config.ts';

const payloads = (rig: Rig): string[] => readdirSync(join(rig.folder, 'out')).toSorted();

const ok = (stderr: string): Outcome => ({ exitCode: 0, stdout: '', stderr });

suite('flexgen render', { concurrency: 2 }, () => {
  test('each payload is what cloud-init prints for that node alone', async (t) => {
    const rig = rigWith(
      t,
      fleet('[{}, { name: other, labels: { rack: a }, taints: [x=y:NoSchedule], maxPods: 50 }]'),
    );
    assert.deepEqual(await rig.flexgen(render), ok('2 payloads in out\n'));
    const single = (name: string, labels: string, more: string, range: string): string =>
      shared
        .replace(/node: .*\n/, `node: { name: ${name}, labels: { site: factory-7, ${labels} }${more} }\n`)
        .replace(/podCIDR: .*\}/, `podCIDR: ${range} }`);
    rig.write('a.yaml', single('edge-01', 'host: h-edge-01', '', '10.128.0.0/24'));
    rig.write(
      'b.yaml',
      single('other', 'host: h-other, rack: a', ', taints: [x=y:NoSchedule], maxPods: 50', '10.128.1.0/24'),
    );
    for (const [config, file] of [
      ['a.yaml', 'edge-01.yaml'],
      ['b.yaml', 'other.yaml'],
    ]) {
      const { stdout } = await rig.flexgen(['cloud-init', '--offline', '-c', String(config)]);
      assert.equal(rig.read(`out/${file}`), stdout);
    }
    assert.deepEqual(
      ['out', 'out/edge-01.yaml', 'out/manifest.json'].map((path) => rig.mode(path)),
      ['700', '600', '600'],
    );
  });

  test('the manifest has each payload’s digest; a second run gives the same bytes', async (t) => {
    const rig = rigWith(t, fleet('3'));
    await rig.flexgen(render);
    const before = rig.files();
    const { payloads: listed, ...head } = JSON.parse(rig.read('out/manifest.json')) as {
      payloads: {
        name: string;
        index: number;
        file: string;
        envelope: string;
        bytes: number;
        sha256: string;
      }[];
    };
    assert.deepEqual(head, { format: 'flexgen.fleet/v1', image: 'stock', nodes: 3 });
    assert.deepEqual(
      listed,
      ['edge-01', 'edge-02', 'edge-03'].map((name, place) => {
        const text = rig.read(`out/${name}.yaml`);
        const sha256 = createHash('sha256').update(text).digest('hex');
        const bytes = Buffer.byteLength(text);
        return { name, index: place + 1, file: `${name}.yaml`, envelope: 'plain', bytes, sha256 };
      }),
    );
    const again = [...render.slice(0, 2), 'again', '--offline'];
    await rig.flexgen(again);
    for (const name of payloads(rig)) assert.equal(rig.files()[`again/${name}`], before[`out/${name}`]);
  });

  test('CSV from standard input, with a list, a number and a key that has dots', async (t) => {
    const rig = rigWith(t, shared);
    const stdin =
      '\ufeffname;labels.example.com/rack;taints;maxPods;network.podCIDR\r\na;"r;1";;50;10.9.0.0/24\r\n\r\nb;r2;x=y:NoSchedule;;\r\n';
    const { stderr } = await rig.flexgen([...render, '--nodes', '-'], { stdin });
    assert.match(stderr, /^error: this is not a label value\n --> standard input:2:/);
    const mended = stdin.replace('"r;1"', 'r1').replace('x=y:NoSchedule;', '"x=y:NoSchedule;z:NoExecute";');
    assert.deepEqual(await rig.flexgen([...render, '-n', '-'], { stdin: mended }), ok('2 payloads in out\n'));
    assert.match(rig.read('out/a.yaml'), /example\.com\/rack=r1,host=h-a,site=factory-7/);
    assert.match(rig.read('out/a.yaml'), /maxPods: 50[^]*10\.9\.0\.0\/24|10\.9\.0\.0\/24[^]*maxPods: 50/);
    assert.match(rig.read('out/b.yaml'), /10\.128\.1\.0\/24/);
    assert.match(rig.read('out/b.yaml'), /effect: NoExecute/);
  });

  test('JSON, as a list or one object in each line', async (t) => {
    const rig = rigWith(t, shared, {
      'list.json': '[{"name": "a", "ip": {"address": "192.0.2.1"}},\n {"index": 7}]',
      'lines.json': '{"name":"a","ip":{"address":"192.0.2.1"}}\n{"index":7}\n',
    });
    assert.deepEqual(await rig.flexgen([...render, '-n', 'list.json']), ok('2 payloads in out\n'));
    assert.deepEqual(payloads(rig), ['a.yaml', 'edge-07.yaml', 'manifest.json']);
    assert.match(rig.read('out/edge-07.yaml'), /10\.128\.6\.0\/24/);
    assert.deepEqual(
      await rig.flexgen([...render, '-n', 'lines.json']),
      ok('2 payloads in out, 2 of them there already\n'),
    );
  });

  test('shards: each node is in one, and together they are the fleet', async (t) => {
    const rig = rigWith(t, fleet('5'));
    for (const [shard, count] of [
      ['1/3', '2 payloads'],
      ['2/3', '2 payloads'],
      ['3/3', '1 payload'],
    ]) {
      assert.deepEqual(await rig.flexgen([...render, '--shard', String(shard)]), ok(`${count} in out\n`));
    }
    const parts = rig.files();
    assert.deepEqual(await rig.flexgen(render), ok('5 payloads in out, 5 of them there already\n'));
    assert.deepEqual(
      payloads(rig).filter((name) => name.startsWith('m')),
      ['manifest-1-of-3.json', 'manifest-2-of-3.json', 'manifest-3-of-3.json', 'manifest.json'],
    );
    for (const [path, text] of Object.entries(parts)) assert.equal(rig.files()[path], text);
    const { exitCode, stderr } = await rig.flexgen([...render, '--shard', '4/3']);
    assert.equal(exitCode, 2);
    assert.match(stderr, /Write which part of how many, e\.g\. 3\/8/);
  });

  test('what an interrupted run has made is used; what a power cut has torn is made again', async (t) => {
    const rig = rigWith(t, fleet('4'));
    await rig.flexgen(render);
    const whole = rig.files();
    unlinkSync(join(rig.folder, 'out/manifest.json'));
    mkdirSync(join(rig.folder, 'out/.partial'));
    for (const name of ['edge-02', 'edge-03']) {
      writeFileSync(
        join(rig.folder, `out/.partial/${name}.yaml`),
        rig.read(`out/${name}.yaml`).slice(0, name === 'edge-03' ? 99 : undefined),
      );
      unlinkSync(join(rig.folder, `out/${name}.yaml`));
    }
    const first = join(rig.folder, 'out/edge-01.yaml');
    utimesSync(first, 1, 1);
    assert.deepEqual(await rig.flexgen(render), ok('4 payloads in out, 3 of them there already\n'));
    assert.deepEqual(rig.files(), whole);
    assert.equal(statSync(first).mtimeMs, 1000);
  });

  test('golden images, targets and envelopes', async (t) => {
    const rig = rigWith(t, fleet('2'));
    assert.deepEqual(
      await rig.flexgen([...render, '--image', 'golden', '--target', 'vsphere', '--envelope', 'gzip-base64']),
      ok('2 payloads in out\n'),
    );
    assert.deepEqual(payloads(rig), ['edge-01.gz.b64', 'edge-02.gz.b64', 'manifest.json']);
    assert.ok(rig.read('out/edge-01.gz.b64').length < 4096);
  });
});

test('validate looks at all nodes of a fleet, and writes nothing', async (t) => {
  const rig = rigWith(t, fleet('300'));
  const { exitCode, stdout, stderr } = await rig.flexgen(['validate', '--offline']);
  assert.equal(exitCode, 3);
  assert.match(stderr, /^error: node 257: the block `10\.128\.0\.0\/16` has 256 ranges of \/24/);
  assert.equal(stdout, '');
  rig.write('flexgen.yaml', fleet('200'));
  const valid = await rig.flexgen(['validate', '--offline']);
  assert.equal(valid.exitCode, 0);
  assert.match(valid.stderr, /^flexgen\.yaml is valid: 200 nodes, user-data of at most 1\d,\d{3} bytes\n$/);
  assert.deepEqual(Object.keys(rig.files()), ['facts.yaml', 'ca.pem', 'token', 'flexgen.yaml'].toSorted());
});

test('an image is that of the first node: all of them have the same', async (t) => {
  const rig = rigWith(t, fleet('3'));
  assert.equal((await rig.flexgen(['packer', '--out', 'build', '--offline'])).exitCode, 0);
});
