import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import type { TestContext } from 'node:test';
import type { Outcome } from '../run.ts';
import { fleet, render, rigWith, shared } from './config.ts';

const refused = (stderr: string): Outcome => ({ exitCode: 3, stdout: '', stderr });

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
    for (const list of [
      'name,auth.token.value\na,s3cr3t.s3cr3t\n',
      '[{"name": "a b", "auth": {"token": "s3cr3t.s3cr3t"}}]',
    ]) {
      const { exitCode, stderr } = await rigWith(t, shared, { list }).flexgen([...render, '-n', 'list']);
      assert.equal(exitCode, 3);
      assert.ok(!stderr.includes('s3cr3t'));
    }
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
