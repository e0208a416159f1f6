import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { lacks } from '../encode/reader.ts';
import { leastLimit as limit } from '../../src/render/cloud-init/user-data.ts';
import { decode } from './decode.ts';
import { planStarter, renderStarter, starters } from './starters.ts';

const mode = (bits: number): string => `0${bits.toString(8)}`;

test('there are starters', () => {
  assert.deepEqual(starters, [
    'behind-a-proxy',
    'bootstrap-token',
    'external-cni',
    'scaling-group',
    'service-principal',
  ]);
});

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
      const planned = files.map((file) => [file.path, { mode: mode(file.mode), content: file.content }]);
      const theirs =
        name === 'external-cni' ? [['/etc/motd', { mode: '0644', content: 'lab machine\n' }]] : [];
      assert.deepEqual([...decoded.files], [...theirs, ...planned]);
    });

    test('keeps its secrets where they belong', async () => {
      const { files } = await planStarter(name);
      const secrets = ['f4k3f4.k3f4k3f4k3f4k3f4', 'obviously-fake~client.secret+for=the&example%only'];
      const holding = files.filter(({ content }) => secrets.some((secret) => content.includes(secret)));
      assert.equal(holding.length, 1);
      for (const file of files) {
        const where = `${file.path} ${mode(file.mode)} ${file.phase}`;
        assert.equal(file.secret && file.phase !== 'boot', false, where);
        assert.equal(file.secret && (file.mode & 0o077) !== 0, false, where);
        assert.equal(holding.includes(file) && !file.secret, false, where);
      }
    });

    test('is text that a reviewer can read', async () => {
      const text = await renderStarter(name);
      assert.match(text, /^#cloud-config\n# flexgen: /);
      assert.doesNotMatch(text, /[^\P{Cc}\n\t]/u);
      assert.doesNotMatch(text, /!!binary|encoding:/);
    });
  });
}
