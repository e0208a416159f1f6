import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { primesOf } from '../../src/node/auth/primes.ts';
import { root } from '../cli/run.ts';
import { lacks } from '../encode/reader.ts';
import { leastLimit as limit } from '../../src/render/cloud-init/targets/index.ts';
import { decode } from './decode.ts';
import { planStarter, renderStarter, starters } from './starters.ts';

const mode = (bits: number): string => `0${bits.toString(8)}`;

const principalPrime = primesOf(
  createPrivateKey(readFileSync(`${root}/templates/config/example/obviously-fake-principal.pem`)),
).slice(0, 172);

/** What of each starter is a secret. */
const secrets: Readonly<Record<string, string | undefined>> = {
  'arc': 'ZmFrZWZha2VmYWtl',
  'behind-a-proxy': 'f4k3f4.k3f4k3f4k3f4k3f4',
  'bootstrap-token': 'f4k3f4.k3f4k3f4k3f4k3f4',
  'certificate': principalPrime,
  'external-cni': 'f4k3f4.k3f4k3f4k3f4k3f4',
  'managed-identity': undefined,
  'scaling-group': 'obviously-fake~client.secret+for=the&example%only',
  'service-principal': 'obviously-fake~client.secret+for=the&example%only',
};

test('there are starters', () => {
  assert.deepEqual(starters, Object.keys(secrets));
});

const byPath = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);

for (const name of starters) {
  suite(name, () => {
    test(`fits into ${limit} bytes`, async () => {
      const bytes = Buffer.byteLength(await renderStarter(name));
      assert.ok(bytes <= limit, `${name} is ${bytes} bytes, ${bytes - limit} over the limit of ${limit}`);
    });

    test('carries exactly the files of the plan', async (t) => {
      const decoded = decode(await renderStarter(name));
      if (decoded === undefined) return lacks(t, 'PyYAML');
      const { files } = await planStarter(name);
      const planned = files.map(
        (file) => [file.path, { mode: mode(file.mode), content: file.content }] as const,
      );
      const theirs =
        name === 'external-cni' ? [['/etc/motd', { mode: '0644', content: 'lab machine\n' }] as const] : [];
      assert.deepEqual([...decoded.files].toSorted(byPath), [...theirs, ...planned].toSorted(byPath));
    });

    test('keeps its secrets where they belong', async () => {
      const { files } = await planStarter(name);
      const secret = secrets[name];
      const holding = files.filter(({ content }) => secret !== undefined && content.includes(secret));
      assert.equal(holding.length, secret === undefined ? 0 : 1);
      for (const file of files) {
        const where = `${file.path} ${mode(file.mode)} ${file.phase}`;
        assert.equal(file.secret && file.phase !== 'boot', false, where);
        assert.equal(file.secret && (file.mode & 0o077) !== 0, false, where);
        assert.equal(holding.includes(file) && !file.secret, false, where);
      }
    });

    test('is text that a reviewer can read, this node’s own part above all', async (t) => {
      const text = await renderStarter(name);
      assert.match(text, /^#cloud-config\n# flexgen: /);
      assert.doesNotMatch(text, /[^\P{Cc}\n\t]/u);
      assert.doesNotMatch(text, /!!binary/);
      const decoded = decode(text);
      if (decoded === undefined) return lacks(t, 'PyYAML');
      const { files } = await planStarter(name);
      const own = new Set(files.filter(({ phase }) => phase === 'boot').map(({ path }) => path));
      assert.deepEqual(
        decoded.packed.filter((path) => own.has(path)),
        [],
      );
    });
  });
}
