import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { createRig, root } from './run.ts';

const generated = (name: string): Buffer => readFileSync(join(root, 'generated', `${name}.user-data.yaml`));

/** A payload by hand, with one of each thing. */
const byHand = `#cloud-config
write_files:
- path: /etc/app.env
  permissions: '0600'
  content: |
    USER=app
    PASSWORD=hunter2-hunter2
- { path: /opt/run.sh, permissions: '0755', content: "#!/bin/sh\\ncurl -fsSL https://example.com/tool -o /tool\\n" }
bootcmd: [[echo, it's, early]]
runcmd:
- systemctl enable --now app
- echo hunter2-hunter2 | app login
packages: [jq]
`;

const report = `mine.yaml: 358 bytes, plain text

parts (1)
  cloud-config  user-data  358 bytes

files (2)
  0600         34  /etc/app.env  holds a secret
  0755         55  /opt/run.sh

units (1)
  app.service  enabled, started

downloads (1)
  https://example.com/tool
    NOTHING checks it

commands (3)
  init   every boot  echo 'it'\\''s' early
  final  first boot  systemctl enable --now app
  final  first boot  echo <masked secret 1> | app login

other modules (1)
  final  packages  - jq

secrets, masked (3)
  /etc/app.env:1       <masked root-only value 1>
  /etc/app.env:2       <masked secret 1>
  user-data: runcmd:1  <masked secret 1>
`;

suite('flexgen inspect', () => {
  test('a payload by hand: what it does, its secrets masked wherever they stand', async (t) => {
    const { flexgen } = createRig(t, { 'mine.yaml': byHand });
    const { exitCode, stdout, stderr } = await flexgen(['inspect', 'mine.yaml']);
    assert.deepEqual({ exitCode, stderr }, { exitCode: 0, stderr: '' });
    const [head, budget] = stdout.split('\nbudget (15)\n');
    assert.equal(head, report);
    assert.match(budget ?? '', /^ {2}any {17}358 {2}of 16,384 {5}3 %\n/);
  });

  test('the same through gzip and base64, from standard input', async (t) => {
    const { flexgen } = createRig(t);
    const packed = gzipSync(generated('bootstrap-token')).toString('base64');
    const { exitCode, stdout, stderr } = await flexgen(['inspect', '-'], { stdin: packed });
    assert.deepEqual({ exitCode, stderr }, { exitCode: 0, stderr: '' });
    assert.match(stdout, /^standard input: [\d,]+ bytes, base64 > gzip\n/);
    assert.match(stdout, /\n {2}0600 {9}23 {2}\/var\/lib\/kubelet\/token {2}holds a secret\n/);
  });

  test("what can't be read: said how, exit code 3, nothing on standard output", async (t) => {
    const cut = gzipSync('#cloud-config\n').subarray(0, -4);
    const { flexgen } = createRig(t, { 'cut.gz': cut, 'photo.jpg': 'JFIF' });
    assert.deepEqual(await flexgen(['inspect', 'cut.gz']), {
      exitCode: 3,
      stdout: '',
      stderr:
        'error: cut.gz: its gzip stream is cut off\n  make it anew, and compare its digest where it is pasted\n',
    });
    const unknown = await flexgen(['inspect', 'photo.jpg']);
    assert.equal(unknown.exitCode, 3);
    assert.match(
      unknown.stderr,
      /^error: photo\.jpg: it is nothing that cloud-init reads\n {2}its first line must be /,
    );
    assert.deepEqual(await flexgen(['inspect', 'none.yaml']), {
      exitCode: 3,
      stdout: '',
      stderr:
        "error: can't read none.yaml: there is no such file\n  name a payload, or `-` for standard input\n",
    });
  });

  test('more than any payload has is not read to its end', async (t) => {
    const { flexgen } = createRig(t);
    assert.deepEqual(await flexgen(['inspect', '/dev/zero']), {
      exitCode: 3,
      stdout: '',
      stderr: 'error: /dev/zero has more than 64 MiB\n  no payload is as large: is this the right file?\n',
    });
  });

  test('--json: the report as data', async (t) => {
    const { flexgen } = createRig(t, { 'mine.yaml': byHand });
    const { exitCode, stdout, stderr } = await flexgen(['inspect', 'mine.yaml', '--json']);
    assert.deepEqual({ exitCode, stderr }, { exitCode: 0, stderr: '' });
    const { name, bytes, files, budget, timeline, ...rest } = JSON.parse(stdout) as Record<string, unknown[]>;
    assert.deepEqual([name, bytes, budget?.length], ['mine.yaml', 358, 15]);
    assert.deepEqual(files?.[0], {
      path: '/etc/app.env',
      mode: '0600',
      owner: null,
      bytes: 34,
      part: 'user-data',
      packed: null,
      append: false,
      secret: true,
      sha256: null,
      text: 'USER=<masked root-only value 1>\nPASSWORD=<masked secret 1>\n',
    });
    assert.deepEqual(timeline, [
      { stage: 'init', when: 'every boot', what: "echo 'it'\\''s' early" },
      { stage: 'init', what: 'writes 2 files', when: 'first boot' },
      { stage: 'final', what: 'packages', when: 'first boot' },
      { stage: 'final', when: 'first boot', what: 'systemctl enable --now app' },
      { stage: 'final', when: 'first boot', what: 'echo <masked secret 1> | app login' },
      { stage: 'service', what: 'app.service', when: 'first boot' },
    ]);
    assert.deepEqual(Object.keys(rest), [
      'wrapping',
      'parts',
      'units',
      'downloads',
      'commands',
      'modules',
      'secrets',
      'notes',
    ]);
    assert.doesNotMatch(stdout, /hunter2/);
  });

  test('--html: one page, on standard output or in a file of mode 0600', async (t) => {
    const { flexgen, read, mode } = createRig(t, { 'mine.yaml': byHand });
    const { exitCode, stdout, stderr } = await flexgen(['inspect', 'mine.yaml', '--html']);
    assert.deepEqual({ exitCode, stderr }, { exitCode: 0, stderr: '' });
    assert.match(stdout, /^<!doctype html>\n[^]*<\/html>\n$/);
    assert.doesNotMatch(stdout, /hunter2/);
    assert.deepEqual(await flexgen(['inspect', 'mine.yaml', '--html', '--out', 'page.html']), {
      exitCode: 0,
      stdout: '',
      stderr: '',
    });
    assert.deepEqual([read('page.html'), mode('page.html')], [stdout, '600']);
    assert.equal((await flexgen(['inspect', 'mine.yaml', '--html', '--json'])).exitCode, 2);
  });

  test('a payload can’t speak to the terminal that its report is printed on', async (t) => {
    const hostile = 'a\u001b[2J\u009b2J\u202eb';
    const config = {
      runcmd: [hostile],
      packages: [hostile],
      write_files: [{ path: `/${hostile}`, content: hostile }],
    };
    const { flexgen } = createRig(t, { a: `#cloud-config\n${JSON.stringify(config)}`, b: '#cloud-config\n' });
    for (const args of [
      ['inspect', 'a'],
      ['inspect', 'a', '--json'],
      ['inspect', 'a', '--html'],
      ['diff', 'a', 'b'],
    ]) {
      const { stdout } = await flexgen(args);
      const acts = args.includes('--json') ? /(?![\n])\p{Cc}/u : /(?![\n])\p{Cc}|\u202e/u;
      assert.doesNotMatch(stdout, acts, args.join(' '));
    }
  });
});
