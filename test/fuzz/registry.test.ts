import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { test } from 'node:test';
import { execute, root, temporary } from '../cli/run.ts';
import { startUpstream } from '../upstream/upstream.ts';

const base = 'https://example.com/v2';
const digestOf = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;

const garbage = '<html>{not JSON\0';
const config = { mediaType: 'a/b', digest: digestOf(garbage), size: garbage.length };
const listing = (digest: string): string =>
  JSON.stringify({ manifests: [{ platform: { os: 'linux', architecture: 'amd64' }, digest }] });
const image = JSON.stringify({ config, layers: [] });
const index = listing(digestOf(image));

const bearer = (realm: string) => (response: ServerResponse) =>
  void response.writeHead(401, { 'www-authenticate': `Bearer realm="${realm}"` }).end();

/** What is answered for the manifest, and what becomes of that. */
const hostile: Readonly<Record<string, readonly [string | ((response: ServerResponse) => void), string]>> = {
  'garbage': [garbage, `${base}/garbage/manifests/1 answers no manifest`],
  'null': ['null', `${base}/null/manifests/1 answers no manifest`],
  'no-config': ['{}', 'the manifest of example.com/no-config:1 names something without type, digest or size'],
  'size': [
    JSON.stringify({ config: { ...config, size: -1 }, layers: [] }),
    `${base}/size/blobs/${config.digest} answers what has another digest`,
  ],
  'path': [
    JSON.stringify({ config: { ...config, digest: 'sha256:../../x' } }),
    'the manifest of example.com/path:1 names something without type, digest or size',
  ],
  'config': [image, 'example.com/config:1 is not there for linux/amd64'],
  'indices': [listing(digestOf(index)), 'example.com/indices:1 has an index within its index'],
  'realm': [bearer('https://'), `${base}/realm wants a sign-in that flexgen does not have`],
  'token': [bearer('https://example.com/token'), 'example.com gives nobody a token for example.com/token:1'],
  'location': [
    (response) => void response.writeHead(302, { location: 'https://[' }).end(),
    'example.com leads to something that is no URL',
  ],
  'plain': [
    (response) => void response.writeHead(302, { location: 'http://example.com/x' }).end(),
    'example.com leads to http://example.com, which is not https',
  ],
};

test('whatever a registry answers is read or refused in words', async (t) => {
  const upstream = await startUpstream(temporary(t));
  t.after(async () => await upstream.stop());
  upstream.put('https://example.com/token', Buffer.from(garbage));
  for (const [name, [answer]] of Object.entries(hostile)) {
    const manifest = `${base}/${name}/manifests`;
    if (typeof answer === 'string') upstream.put(`${manifest}/1`, Buffer.from(answer));
    else upstream.fail(`${manifest}/1`, (_, response) => answer(response));
    upstream.put(`${manifest}/${digestOf(index)}`, Buffer.from(index));
    upstream.put(`${manifest}/${digestOf(image)}`, Buffer.from(image));
    upstream.put(`${base}/${name}/blobs/${config.digest}`, Buffer.from(garbage));
  }
  const args = ['--import', 'tsx', 'test/fuzz/ask-registry.ts', ...Object.keys(hostile)];
  const { exitCode, stdout, stderr } = await execute(process.execPath, args, {
    cwd: root,
    env: upstream.env,
  });
  assert.deepEqual({ exitCode, stderr }, { exitCode: 0, stderr: '' });
  assert.deepEqual(
    stdout.trimEnd().split('\n'),
    Object.entries(hostile).map(([name, [, message]]) => `${name}: ${message}`),
  );
});
