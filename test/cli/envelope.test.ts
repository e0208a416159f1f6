import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { suite, test } from 'node:test';
import type { TestContext } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { canDeliverPayload } from '../../src/cli/deliver-payload.ts';
import type { World } from '../../src/cli/world.ts';
import { createRig } from './run.ts';
import type { Rig } from './run.ts';
import { sample, sampleFiles } from './sample.ts';

const site = (t: TestContext, config = sample): Rig =>
  createRig(t, { ...sampleFiles, 'flexgen.yaml': config });

const failed = (exitCode: number, stderr: string) => ({ exitCode, stdout: '', stderr });

suite('cloud-init --target, --envelope', { concurrency: 2 }, () => {
  test('the command line wins over the config, and each form is of the same payload', async (t) => {
    const rig = site(t, `${sample}output: { envelope: base64 }\n`);
    const encoded = await rig.flexgen(['cloud-init', '--offline']);
    assert.equal(encoded.exitCode, 0);
    const plain = await rig.flexgen(['cloud-init', '--offline', '--envelope', 'plain']);
    assert.equal(Buffer.from(encoded.stdout, 'base64').toString(), plain.stdout);
    const gzip = ['cloud-init', '--offline', '--envelope', 'gzip', '--target', 'azure', '--out', 'user-data'];
    assert.deepEqual(await rig.flexgen(gzip), { exitCode: 0, stdout: '', stderr: '' });
    assert.equal(rig.mode('user-data'), '600');
    const bytes = Buffer.from(rig.files()['user-data'] ?? '', 'latin1');
    const azure = await rig.flexgen(['cloud-init', '--offline', '--envelope', 'plain', '--target', 'azure']);
    assert.equal(gunzipSync(bytes).toString(), azure.stdout);
  });

  test('a drive is written as it is', async (t) => {
    const rig = site(t);
    const { stdout } = await rig.flexgen([
      'cloud-init',
      '--offline',
      '--envelope',
      'nocloud-iso',
      '--out',
      'seed.iso',
    ]);
    assert.equal(stdout, '');
    assert.equal(rig.files()['seed.iso']?.slice(0x8001, 0x8006), 'CD001');
  });

  test('what a target does not take is told, at its place where the config says it', async (t) => {
    const rig = site(t, `${sample}output: { target: digitalocean, envelope: gzip }\n`);
    assert.deepEqual(
      await rig.flexgen(['cloud-init', '--offline']),
      failed(
        3,
        `error: DigitalOcean does not take the envelope \`gzip\`
 --> flexgen.yaml:7:43
  |
7 | output: { target: digitalocean, envelope: gzip }
  |                                           ^^^^ take one of: auto, plain, mime, external, include
`,
      ),
    );
    assert.deepEqual(
      await rig.flexgen(['validate', '--offline', '--envelope', 'guestinfo']),
      failed(
        3,
        `error: DigitalOcean does not take the envelope \`guestinfo\`
  take one of: auto, plain, mime, external, include
`,
      ),
    );
  });

  test('a name that there is not', async (t) => {
    const rig = site(t, `${sample}output: { target: amazon, envelope: zip }\n`);
    const { exitCode, stderr } = await rig.flexgen(['validate', '--offline']);
    assert.equal(exitCode, 3);
    assert.match(stderr, /^error: .*\n --> flexgen\.yaml:7:19\n/);
    assert.match(stderr, /\n --> flexgen\.yaml:7:37\n/);
    assert.equal((await rig.flexgen(['cloud-init', '--target', 'amazon'])).exitCode, 2);
  });

  test('too big: a table of what takes the space, and nothing is written', async (t) => {
    const config = `${sample}userData: { merge: mine.sh }\n`;
    const rig = createRig(t, {
      ...sampleFiles,
      'flexgen.yaml': config,
      'mine.sh': `#!/bin/sh\n${'# a line of it\n'.repeat(6000)}`,
    });
    const before = rig.files();
    const { exitCode, stdout, stderr } = await rig.flexgen([
      'cloud-init',
      '--out',
      'user-data',
      '--target',
      'oxide',
    ]);
    assert.deepEqual([exitCode, stdout], [0, '']);
    assert.equal(stderr, '');
    const text = await rig.flexgen([
      'cloud-init',
      '--envelope',
      'mime',
      '--target',
      'oxide',
      '--out',
      'other',
    ]);
    assert.deepEqual([text.exitCode, text.stdout], [3, '']);
    const count = String.raw`\d[\d,]*`;
    assert.match(
      text.stderr,
      new RegExp(
        [
          `^error: the payload has ${count} bytes, ${count} more than the 32,768 that Oxide takes`,

          'mine\\.sh +90,010',
          '/var/lib/flexgen/cache/image\\.tgz +\\d,\\d{3}',
          '/etc/kubernetes/pki/ca\\.crt +1,\\d{3}',
          ...Array.from({ length: 3 }, () => `\\S+ +${count}`),
          `\\d+ more +${count}`,
          `all of it, as text +${count}`,
          'the limit +32,768',
          `too much +${count}`,
          '`--envelope gzip` makes it [\\d,]+ bytes\n$',
        ].join('\n  '),
      ),
    );
    const { 'user-data': written, ...rest } = rig.files();
    assert.deepEqual(rest, before);
    assert.match(gunzipSync(Buffer.from(written ?? '', 'latin1')).toString(), /^MIME-Version: 1\.0\n/);
  });

  test('validate and the JSON of a problem tell the same', async (t) => {
    const rig = site(t);
    const fits = await rig.flexgen(['validate', '--offline', '--target', 'vsphere']);
    assert.deepEqual([fits.exitCode, fits.stdout], [0, '']);
    assert.match(
      fits.stderr,
      /^flexgen\.yaml is valid: user-data of [\d,]+ bytes \(guestinfo\), \d+ % of the 65,536 that vSphere takes\n$/,
    );
    const none = await rig.flexgen(['validate', '--offline', '--target', 'proxmox']);
    assert.match(
      none.stderr,
      /^flexgen\.yaml is valid: user-data of [\d,]+ bytes; Proxmox VE has no limit\n$/,
    );
    const preflight = await rig.flexgen(['preflight', '--offline', '--target', 'openstack']);
    assert.match(preflight.stdout, / payload .* % of the 65,535 that OpenStack takes\n/);
  });
});

suite('cloud-init --envelope include', { concurrency: 2 }, () => {
  const url = 'https://boot.example/edge-01.yaml';
  const command = ['cloud-init', '--offline', '--envelope', 'include'];

  test('what is pasted has the digest of what is hosted', async (t) => {
    const rig = site(t);
    const { exitCode, stdout, stderr } = await rig.flexgen([
      ...command,
      '--url',
      url,
      '--hosted',
      'edge-01.yaml',
    ]);
    assert.deepEqual([exitCode, stderr], [0, '']);
    assert.equal(rig.mode('edge-01.yaml'), '600');
    const hosted = rig.read('edge-01.yaml');
    assert.match(hosted, /^#cloud-config\n/);
    const sha256 = createHash('sha256').update(hosted).digest('hex');
    assert.ok(stdout.includes(`\n{"url":"${url}","sha256":"${sha256}"}\n`), stdout);
    assert.ok(stdout.length < 2048);
    assert.ok(!stdout.includes(sampleFiles.token));
  });

  for (const [name, args, message] of [
    ['no URL', ['--hosted', 'a'], '`include` must know where the machine will find the payload'],
    [
      'a URL that is not encrypted',
      ['--url', 'http://boot.example/a', '--hosted', 'a'],
      '--url: http is not safe here',
    ],
    [
      'nowhere to put the payload',
      ['--url', url],
      'the payload itself must go to a file, for the URL to serve it',
    ],
  ] as const) {
    test(name, async (t) => {
      const rig = site(t);
      const before = rig.files();
      const { exitCode, stdout, stderr } = await rig.flexgen([...command, ...args]);
      assert.deepEqual([exitCode === 2 || exitCode === 3, stdout], [true, '']);
      assert.equal(stderr.split('\n')[0], `error: ${message}`);
      assert.deepEqual(rig.files(), before);
    });
  }

  test('a file for what is not hosted', async (t) => {
    const { exitCode, stdout } = await site(t).flexgen(['cloud-init', '--offline', '--hosted', 'a']);
    assert.deepEqual([exitCode, stdout], [2, '']);
  });
});

test('bytes go to no terminal', async () => {
  const said: (string | Uint8Array)[] = [];
  const sink = { isTerminal: true, write: async (text: string | Uint8Array) => void said.push(text) };
  const stdin = () => Readable.from([]);
  const world: World = { env: { NO_COLOR: '1' }, cwd: '/', stdout: sink, stderr: sink, stdin };
  const payload = {
    bytes: Buffer.from([31, 139]),
    encoded: Buffer.from([31, 139]),
    envelope: 'gzip',
    target: 'any',
    counted: 2,
    limit: 9,
    hosted: null,
  } as const;
  assert.equal(await canDeliverPayload(payload, {}, world), 2);
  assert.deepEqual(said, [
    'error: these are bytes that no terminal shows\n  say `--out FILE`, or `… | program`, or `… > file`\n',
  ]);
});
