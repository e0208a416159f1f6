import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import type { TestContext } from 'node:test';
import { identitySite } from './identity-site.ts';

const howTo =
  'run it on each node, as standard input of a shell: `flexgen rotate … | ssh NODE sudo bash -s`\n';

/** A snippet that a shell takes, and the files that it puts somewhere. */
function filesIn(snippet: string): ReadonlyMap<string, string> {
  execFileSync('bash', ['-n'], { input: snippet });
  assert.match(snippet, /\nmain <\/dev\/null\n$/);
  const found = snippet.matchAll(/^put (\d+) (\S+) <<'FLEXGEN_END'\n([^]*?)^FLEXGEN_END\n/gm);
  return new Map([...found].map(([, mode = '', path = '', content = '']) => [`${mode} ${path}`, content]));
}

async function principalSite(t: TestContext, proof: object, more: object = {}) {
  const site = await identitySite(t);
  const { clientId, tenantId } = site.azure.credentials;
  await site.as({ mode: 'service-principal', clientId, tenantId, ...proof, ...more });
  const done = `service principal ${clientId} signs in with it\n`;
  return { site, clientId, done };
}

const always = { credentialUse: 'always' };
const rotate = ['rotate', '-c', 'edge.yaml'];

suite('what a node signs in with at each call', () => {
  test('a secret that Entra takes is in the snippet, and nowhere else', async (t) => {
    const { site, clientId, done } = await principalSite(t, { secret: { env: 'SECRET' } }, always);
    const secret = 'new+secret&with=all;of$them\'"`';
    site.azure.setSecret(secret);
    const { code, stdout, stderr } = await site.run(rotate, { SECRET: secret });
    assert.equal(code, 0, stderr);
    const files = filesIn(stdout);
    assert.deepEqual(
      [...files.keys()],
      [
        '644 /etc/flexgen/entra.env',
        '644 /etc/flexgen/authority-ca.pem',
        '700 /var/lib/kubelet/token.sh',
        '600 /var/lib/kubelet/token.env',
      ],
    );
    const settings = files.get('600 /var/lib/kubelet/token.env') ?? '';
    const read = execFileSync('bash', ['-c', '. <(cat); printf %s "$CLIENT_SECRET"'], {
      input: settings,
    });
    assert.equal(read.toString(), secret);
    assert.ok(!stderr.includes(secret));
    assert.ok(
      stderr.endsWith(
        `${done}${howTo}then delete the old one: \`az ad app credential list --id ${clientId}\`, \`az ad app credential delete --id ${clientId} --key-id KEY\`\n`,
      ),
    );
    assert.equal((await site.run(rotate, { SECRET: secret })).stdout, stdout);
    const out = await site.run([...rotate, '--out', 'rotate.sh'], { SECRET: secret });
    assert.deepEqual([out.code, out.stdout], [0, '']);
    assert.equal(await readFile(join(site.dir, 'rotate.sh'), 'utf8'), stdout);
  });

  test('one that Entra refuses is in no snippet', async (t) => {
    const { site } = await principalSite(t, { secret: { env: 'SECRET' } }, always);
    const { code, stdout, stderr } = await site.run(rotate, { SECRET: 'wrong' });
    assert.deepEqual([code, stdout], [4, '']);
    assert.match(stderr, /AADSTS7000215/);
  });

  test('a certificate comes with its key in both forms that the node has', async (t) => {
    const { site } = await principalSite(t, {}, always);
    const { clientId, tenantId, certificate } = site.azure.credentials;
    await site.as({
      mode: 'service-principal',
      clientId,
      tenantId,
      certificate: { file: certificate.pairFile },
      ...always,
    });
    const { code, stdout, stderr } = await site.run(rotate);
    assert.equal(code, 0, stderr);
    const files = filesIn(stdout);
    const primes = files.get('600 /var/lib/kubelet/token.primes') ?? '';
    const made = execFileSync('python3', ['templates/node/usr/local/lib/flexgen/rsa'], { input: primes });
    const key = files.get('600 /var/lib/kubelet/token.key') ?? '';
    const lines = (
      made
        .toString()
        .trim()
        .match(/.{1,64}/g) ?? []
    ).join('\n');
    assert.equal(key, `-----BEGIN RSA PRIVATE KEY-----\n${lines}\n-----END RSA PRIVATE KEY-----\n`);
    assert.match(files.get('600 /var/lib/kubelet/token.env') ?? '', /\nHEADER=ey/);
  });
});

suite('what a node has nothing of', () => {
  test('a secret for the join alone is proven, and there is no snippet', async (t) => {
    const { site, done } = await principalSite(t, { secret: { env: 'SECRET' } });
    const { code, stdout, stderr } = await site.run(rotate, { SECRET: site.azure.credentials.secret });
    assert.deepEqual([code, stdout], [0, '']);
    assert.equal(
      stderr,
      `${done}nodes that have joined have nothing of it: their certificates renew themselves\nrender again for machines that are yet to join: payloads of before end with the old one\n`,
    );
  });

  for (const [auth, said] of [
    [
      { mode: 'arc' },
      'arc: Azure renews what a machine of Arc signs in with, and its agent takes it up by itself\n',
    ],
    [
      { mode: 'managed-identity' },
      'managed-identity: Azure renews what the machine’s identity signs in with, and no node has anything of it\n',
    ],
    [
      { mode: 'bootstrap-token', token: { file: 'token' } },
      'the token is not flexgen’s: make another where it came from, and delete that one there\n',
    ],
  ] as const) {
    test(`${auth.mode}: it is said who renews it`, async (t) => {
      const site = await identitySite(t, auth);
      assert.deepEqual(await site.run(rotate), { code: 0, stdout: '', stderr: said });
      assert.deepEqual(site.writes(), []);
    });
  }
});

suite('the cluster’s CA', () => {
  test('is in the snippet, beside others or alone', async (t) => {
    const site = await identitySite(t);
    const beside = await site.run([...rotate, '--ca']);
    assert.deepEqual([beside.code, beside.stderr], [0, howTo]);
    const files = filesIn(beside.stdout);
    assert.deepEqual([...files.keys()], ['644 /etc/kubernetes/pki/ca.crt']);
    assert.match(beside.stdout, /\ndrop=''\n/);
    const only = await site.run([...rotate, '--ca', '--only']);
    assert.match(only.stdout, /\ndrop=1\n/);
    assert.deepEqual(filesIn(only.stdout), files);
  });

  test('is one, or there is no snippet', async (t) => {
    const site = await identitySite(t);
    await writeFile(join(site.dir, 'ca.pem'), 'no CA');
    const cluster = {
      name: 'x',
      server: 'https://x.test',
      ca: { file: 'ca.pem' },
      kubernetesVersion: '1.36.4',
      clusterDNS: '10.0.0.10',
    };
    await site.as({ mode: 'bootstrap-token', token: { file: 'token' } }, { cluster });
    const { code, stdout } = await site.run([...rotate, '--ca']);
    assert.deepEqual([code, stdout], [3, '']);
    const alone = await site.run([...rotate, '--only']);
    assert.deepEqual([alone.code, alone.stderr], [2, 'error: `--only` is for a CA\n  add `--ca`\n']);
  });
});
