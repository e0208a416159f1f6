import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, statSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import type { TestContext } from 'node:test';
import { createRig } from '../run.ts';
import type { Outcome, Rig } from '../run.ts';
import { sampleFiles } from '../sample.ts';

/** What all nodes have in common. */
const shared = `apiVersion: flexgen/v1
cluster: { facts: facts.yaml }
auth: { mode: bootstrap-token, token: { file: token } }
node: { name: "edge-{index:2}", labels: { site: factory-7, host: "h-{name}" } }
network: { mode: bridge, podCIDR: { block: 10.128.0.0/16, size: 24 } }
`;

const fleet = (nodes: string): string => `${shared}nodes: ${nodes}\n`;

function rigWith(t: TestContext, config: string, files: Readonly<Record<string, string>> = {}): Rig {
  return createRig(t, { ...sampleFiles, ...files, 'flexgen.yaml': config });
}

const payloads = (rig: Rig): string[] => readdirSync(join(rig.folder, 'out')).toSorted();

const ok = (stderr: string): Outcome => ({ exitCode: 0, stdout: '', stderr });
const refused = (stderr: string): Outcome => ({ exitCode: 3, stdout: '', stderr });

const render = ['render', '--out', 'out', '--offline'];

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

suite('a fleet that does not hold', { concurrency: 2 }, () => {
  /** Nothing was written. */
  const refuses = async (
    t: TestContext,
    config: string,
    args: readonly string[],
    stderr: string,
    list = '',
  ): Promise<void> => {
    const rig = rigWith(t, config, list === '' ? {} : { list });
    assert.deepEqual(await rig.flexgen([...render, ...args]), refused(stderr));
    assert.ok(!existsSync(join(rig.folder, 'out')));
  };

  test('every bad row by its line, all at once', async (t) => {
    const list =
      'name,labels.rack,network.podCIDR\na,r1,10.9.0.0/24\na,r 2,\nb,,10.9.0.128/25\na,,\nc,,10.9.0.0/33\n';
    await refuses(
      t,
      shared,
      ['-n', 'list'],
      `error: this is not a label value
 --> list:3:3
  |
3 | a,r 2,
  |   ^^^ letters, digits, \`-\`, \`_\` and \`.\`, with a letter or digit at both ends; at most 63 characters

error: the pods’ range \`10.9.0.128/25\` overlaps \`10.9.0.0/24\` of list:2
 --> list:4:4
  |
4 | b,,10.9.0.128/25
  |    ^^^^^^^^^^^^^ pods of two nodes would have one address: give each node a range of its own

error: the name \`a\` is that of list:2 too
 --> list:5:1
  |
5 | a,,
  | ^ nodes of one name replace each other: give each its own

error: this is not a network in CIDR notation
 --> list:6:4
  |
6 | c,,10.9.0.0/33
  |    ^^^^^^^^^^^ write a network like \`10.244.7.0/24\` or \`fd00:10:244::/64\`
`,
      list,
    );
  });

  test('one bad row among 10,000', async (t) => {
    const rows = Array.from({ length: 10_000 }, (_, index) => `n${index}`).with(7776, 'n 7');
    await refuses(
      t,
      shared.replace('/16,', '/10,'),
      ['-n', 'list'],
      `error: this is not a node name
    --> list:7778:1
     |
7778 | n 7
     | ^^^
     = lower-case letters, digits, \`-\` and \`.\`, with a letter or digit at both ends of each part between dots; at most 63 characters in a part and 253 in all
`,
      `name\n${rows.join('\n')}\n`,
    );
  });

  test('more bad rows than anybody reads: the rest by their lines', async (t) => {
    const rows = Array.from({ length: 130 }, (_, index) => (index === 110 ? 'fine' : `n ${index}`));
    const rig = rigWith(t, shared, { list: `name\n${rows.join('\n')}\n` });
    const { exitCode, stderr } = await rig.flexgen([...render, '-n', 'list']);
    assert.equal(exitCode, 3);
    assert.match(stderr, /\nerror: there are 29 more problems than these, in lines 102–111, 113–131\n/);
  });

  for (const [what, list, stderr] of [
    [
      'a column of another name',
      'name,podCIDR\na,10.9.0.0/24\n',
      'error: unknown column `podCIDR`\n --> list:1:6\n  |\n1 | name,podCIDR\n  |      ^^^^^^^ did you mean `network.podCIDR`?\n',
    ],
    [
      'a row with a cell too few',
      'name,labels.rack\na\n',
      'error: this row has 1 cells, and the first line has 2\n --> list:2:1\n  |\n2 | a\n  | ^ write a cell for each column, even if it is empty\n',
    ],
    [
      'a column of what all share',
      'name,cluster.server\na,b\n',
      'error: `cluster` is the same for all nodes of a fleet\n --> list:1:6\n  |\n1 | name,cluster.server\n  |      ^^^^^^^^^^^^^^ write it in the config\n',
    ],
    ['a table without rows', 'name\n', 'error: list has no nodes\n  write one in each line\n'],
    [
      'JSON that breaks off',
      '[{"name": "a"}, {"name"',
      'error: this is no JSON\n --> list:1:24\n  |\n1 | [{"name": "a"}, {"name"\n  |                        ^ it breaks off or is wrong here\n',
    ],
    [
      'a key of another name in JSON',
      '[{"nmae": "a"}]',
      'error: unknown key `nmae`\n --> list:1:2\n  |\n1 | [{"nmae": "a"}]\n  |  ^ did you mean `name`?\n',
    ],
  ] as const) {
    test(what, (t) => refuses(t, shared, ['-n', 'list'], stderr, list));
  }

  test('no name at all', async (t) => {
    await refuses(
      t,
      shared.replace(/name: "[^"]*", /, '').replace(', host: "h-{name}"', ''),
      ['-n', 'list'],
      'error: there is no column `name`\n --> list:1:1\n  |\n1 | labels.rack\n  | ^^^^^^^^^^^ add it, or write `node: {name: "edge-{index}"}` in the config\n',
      'labels.rack\na\n',
    );
  });

  test('a secret in a cell is not shown', async (t) => {
    const rig = rigWith(t, shared, { list: 'name,auth.token.value\na,s3cr3t.s3cr3t\n' });
    const { exitCode, stderr } = await rig.flexgen([...render, '-n', 'list']);
    assert.equal(exitCode, 3);
    assert.ok(!stderr.includes('s3cr3t'));
    const json = rigWith(t, shared, { list: '[{"name": "a b", "auth": {"token": "s3cr3t.s3cr3t"}}]' });
    const second = await json.flexgen([...render, '-n', 'list']);
    assert.equal(second.exitCode, 3);
    assert.ok(!second.stderr.includes('s3cr3t'));
  });

  test('a block that is too small', async (t) => {
    await refuses(
      t,
      fleet('5').replace('10.128.0.0/16', '10.128.0.0/22'),
      [],
      `error: node 5: the block \`10.128.0.0/22\` has 4 ranges of /24, and this node’s number is 5
 --> flexgen.yaml:6:8
  |
6 | nodes: 5
  |        ^ take a larger block, or smaller ranges
`,
    );
  });

  test('what is wrong for all nodes is said once', async (t) => {
    await refuses(
      t,
      fleet('50').replace('labels: { site: factory-7', 'labels: { site: "factory 7"'),
      [],
      `error: this is not a label value
 --> flexgen.yaml:4:49
  |
4 | node: { name: "edge-{index:2}", labels: { site: "factory 7", host: "h-{name}" } }
  |                                                 ^^^^^^^^^^^
  = letters, digits, \`-\`, \`_\` and \`.\`, with a letter or digit at both ends; at most 63 characters
`,
    );
  });

  test('no list, two lists, and a config of one node alone', async (t) => {
    const hint =
      '  write a list there, or how many there are, or name a table: `--nodes edge.csv`, `--nodes -` for standard input\n';
    await refuses(t, shared, [], `error: flexgen.yaml has no \`nodes\`\n${hint}`);
    await refuses(
      t,
      fleet('2'),
      ['-n', 'list'],
      'error: `nodes` of flexgen.yaml and `--nodes` exclude each other\n  keep one list of the fleet\n',
      'name\na\n',
    );
    const rig = rigWith(t, fleet('2'));
    assert.deepEqual(
      await rig.flexgen(['cloud-init', '--offline']),
      refused(
        'error: this config is of a fleet: `nodes` says so\n --> flexgen.yaml:6:1\n  |\n6 | nodes: 2\n  | ^^^^^ `flexgen render --out FOLDER` writes a payload for each node\n',
      ),
    );
  });

  test('a CA that is none, wherever the config names it', async (t) => {
    for (const [key, section] of [
      ['artifacts', 'artifacts: { mirror: "https://mirror.example", ca: { file: ca.pem } }'],
      ['proxy', 'proxy: { https: "http://proxy.example:3128", ca: { file: ca.pem } }'],
      ['runtime', 'runtime: { registries: { registry.example: { ca: { file: ca.pem } } } }'],
    ] as const) {
      const rig = rigWith(t, `${fleet('2')}${section}\n`, { 'ca.pem': 'no certificate\n' });
      const { exitCode, stderr } = await rig.flexgen(render);
      assert.equal(exitCode, 3, `${key}: ${stderr}`);
      assert.match(stderr, /a CA is PEM text/);
      assert.ok(!existsSync(join(rig.folder, 'out')));
    }
  });

  test('a payload that does not fit', async (t) => {
    const big = `#cloud-config\nwrite_files: [{path: /x, content: ${'x'.repeat(20_000)}}]\n`;
    const rig = rigWith(t, `${fleet('3')}userData: { merge: big.yaml }\n`, { 'big.yaml': big });
    const { exitCode, stderr } = await rig.flexgen(render);
    assert.equal(exitCode, 3);
    assert.match(stderr, /^error: the payload has /);
    assert.equal(stderr.match(/^error: /gm)?.length, 1);
    assert.ok(!existsSync(join(rig.folder, 'out')));
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
