import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { cloudConfig, plainUserData } from '../../../src/render/cloud-init/cloud-config.ts';
import { packings, plain as inPlain } from '../../../src/render/cloud-init/packings.ts';
import { reviewPage } from '../../../src/render/review/page/index.ts';
import { planStarter, renderMade, starters } from '../starters.ts';
import { review } from './read.ts';

/** What a script with these lines is shown as, without its first line. */
const shown = (...lines: readonly string[]): readonly string[] =>
  (review(`#!/bin/sh\n${lines.join('\n')}`).parts[0]?.text ?? '').split('\n').slice(1);

const key = '-----BEGIN PRIVATE KEY-----\nTk9UQUtFWU5PVEFLRVlOT1RBS0VZ\n-----END PRIVATE KEY-----';
const base64 = (text: string | Uint8Array): string => Buffer.from(text).toString('base64');

/** Lines, and how each is shown. */
const lines: readonly (readonly [string, string])[] = [
  ['kubeadm join --token abcdef.0123456789abcdef', 'kubeadm join --token <masked bootstrap token 1>'],
  ['export DB_PASSWORD="hunter 2"', 'export DB_PASSWORD="<masked secret 1>"'],
  ['{"clientSecret": "s3cr3t", "a": 1}', '{"clientSecret": "<masked secret 1>", "a": 1}'],
  ['curl -u me:s3cr3t https://example.com/', 'curl -u me:<masked credentials 1> https://example.com/'],
  ['curl https://me:s3cr3t@example.com/', 'curl https://me:<masked password in a URL 1>@example.com/'],
  [
    "curl -H 'Authorization: Bearer s3cr3ts3cr3t' x",
    "curl -H 'Authorization: Bearer <masked credentials 1>' x",
  ],
  ['app --api-key s3cr3t --verbose', 'app --api-key <masked secret 1> --verbose'],
  ['AccountKey=c2VjcmV0c2VjcmV0c2VjcmV0==;', 'AccountKey=<masked account key 1>;'],
  ['aws AKIAIOSFODNN7EXAMPLE', 'aws <masked access key 1>'],
  ['root:$6$saltsalt$abcdefghijklmnopqrstuv:1:', 'root:<masked password hash 1>:1:'],
  [`echo ${base64(key)} | base64 -d`, 'echo <masked base64 with a secret in it 1> | base64 -d'],
  [`echo ${base64(gzipSync(key))}`, 'echo <masked base64 with a secret in it 1>'],
  [`echo ${base64(base64(key))}`, 'echo <masked base64 with a secret in it 1>'],
];

/** What looks like one and is none. */
const innocent: readonly string[] = [
  'token=$(<$kubelet/token)',
  'TOKEN_FILE=/etc/token',
  'password: {{ ds.meta_data.password }}',
  'lock_passwd: true',
  'me ALL=(ALL) NOPASSWD:ALL',
  'caCertHashes: [sha256:7c2e69131a36ae2a042a339b33381c6d0d43887e2de83720eff5359e26aec866]',
  'status:{token:.access_token,expires:.expires_in}',
  'if [ "$token" == "" ]; then exit; fi',
  'journalctl -u kubelet -n40',
  'curl https://github.com/a/releases/download/v1.2.3/a-1.2.3.tar.gz',
  `echo ${base64('a text that is long enough to be looked into, and has nothing in it')}`,
  '-----BEGIN CERTIFICATE-----',
  "printf -- '-----BEGIN PRIVATE KEY-----\\n%s' $body",
];

suite('secrets are masked', () => {
  for (const [line, expected] of lines) {
    test(line.slice(0, 60), () => assert.deepEqual(shown(line), [expected]));
  }

  test('what is none is shown as it is', () => {
    assert.deepEqual(shown(...innocent), innocent);
  });

  test('a private key, whole or cut off', () => {
    assert.deepEqual(shown(key, 'echo'), ['<masked private key 1>', 'echo']);
    assert.deepEqual(shown(key.slice(0, 50)), ['<masked private key 1>']);
  });

  test('the same secret has the same mark, wherever it stands', () => {
    const token = 's3cr3t-s3cr3t';
    assert.deepEqual(
      shown(`echo ${token}`, `PASSWORD=${token}`, `echo ${base64(`a text that has ${token} in it`)}`),
      ['echo <masked secret 1>', 'PASSWORD=<masked secret 1>', 'echo <masked base64 with a secret in it 1>'],
    );
  });

  test('of a file that only root may read the names are shown; a program of root’s is', () => {
    const file = (permissions: string, content: string): string | null | undefined =>
      review(`#cloud-config\n${JSON.stringify({ write_files: [{ path: '/a', permissions, content }] })}`)
        .files[0]?.text;
    assert.equal(
      file('0600', '# for b\n[main]\nuser=me\nlist:\n  - one\n\nplain words\n'),
      '# for b\n[main]\nuser=<masked root-only value 1>\nlist:\n  - <masked root-only value 2>\n\n<masked root-only value 3>\n',
    );
    assert.equal(file('0700', '#!/bin/sh\necho hello\n'), '#!/bin/sh\necho hello\n');
    assert.equal(file('0640', 'user=me\n'), 'user=me\n');
  });

  test('modules of cloud-init', () => {
    const config = {
      password: 'a',
      chpasswd: { list: ['root:b', 'me:c'], users: [{ name: 'd', password: 'e', type: 'text' }] },
      users: [
        'default',
        { name: 'me', lock_passwd: false, plain_text_passwd: 'f', sudo: 'ALL=(ALL) NOPASSWD:ALL' },
      ],
      ubuntu_pro: { token: 'g' },
      random_seed: { file: '/dev/urandom', data: 'h' },
      ssh_keys: { ed25519_private: 'i', ed25519_public: 'ssh-ed25519 AAAA' },
    };
    const { modules } = review(`#cloud-config\n${JSON.stringify(config)}`);
    assert.deepEqual(
      modules.map(({ text }) => text),
      [
        'password: <masked password 1>\n',
        'chpasswd:\n users:\n -\n  name: d\n  password: <masked password 2>\n  type: text\n list:\n - root:<masked password 3>\n - me:<masked password 4>\n',
        'users:\n- default\n-\n name: me\n lock_passwd: false\n plain_text_passwd: <masked password 5>\n sudo: ALL=(ALL) NOPASSWD:ALL\n',
        'ubuntu_pro:\n token: <masked password 6>\n',
        'random_seed:\n file: /dev/urandom\n data: <masked random seed 1>\n',
        'ssh_keys:\n ed25519_private: <masked password 7>\n ed25519_public: ssh-ed25519 AAAA\n',
      ],
    );
  });
});

suite('payloads of ours', () => {
  for (const name of starters) {
    test(`${name}: its files and their modes are the plan's, and nothing secret is shown`, async () => {
      const plan = await planStarter(name);
      const got = review(await renderMade(name));
      const octal = (mode: number): string => mode.toString(8).padStart(4, '0');
      const planned = new Map(plan.files.map(({ path, mode }) => [path, octal(mode)]));
      for (const { path, mode } of got.files) assert.equal(mode, planned.get(path) ?? mode, path);
      for (const path of planned.keys())
        assert.ok(
          got.files.some((file) => file.path === path),
          path,
        );
      const said = JSON.stringify(got) + reviewPage(got);
      for (const { path, content } of plan.files.filter(({ secret }) => secret)) {
        const text = got.files.find((file) => file.path === path)?.text ?? '';
        // Each value of such a file, whatever it is, is not shown as that file's; a whole secret is shown nowhere.
        const values = content.split('\n').map((line) => line.replace(/^[\w"-]+\s*[=:]\s*/, '').trim());
        for (const value of values.filter((one) => one.length > 8)) assert.ok(!text.includes(value), path);
        const whole = content.trim();
        assert.ok(!said.includes(whole) && !said.includes(base64(whole)), path);
      }
      assert.ok(got.downloads.every(({ digest }) => digest !== null));
    });
  }

  test('files in one archive are the same as in plain text', async () => {
    const { files } = await planStarter('bootstrap-token');
    const payload = { files, target: 'stock', authorizedKeys: [] } as const;
    const smallest = packings(files).at(-1);
    assert.ok(smallest !== undefined && smallest.archived.size > 0);
    const [plain, packed] = [inPlain, smallest].map((packing) =>
      review(plainUserData(cloudConfig(payload, packing), [])),
    );
    const contents = (it = packed): unknown =>
      Object.fromEntries(it?.files.map(({ path, mode, text }) => [path, { mode, text }]) ?? []);
    assert.deepEqual(contents(packed), contents(plain));
    assert.equal(
      packed?.files.filter((file) => file.packed === 'archive /var/lib/flexgen/cache/image.tgz').length,
      smallest.archived.size,
    );
  });
});
