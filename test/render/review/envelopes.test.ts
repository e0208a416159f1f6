import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import type { TestContext } from 'node:test';
import { envelopes } from '../../../src/render/cloud-init/envelopes/index.ts';
import { root, temporary } from '../../cli/run.ts';
import { lacks } from '../../encode/reader.ts';
import { review } from './read.ts';

const userData = readFileSync(join(root, 'generated/bootstrap-token.user-data.yaml'), 'utf8');
const expected = review(userData);

/** What each of our envelopes is, from the outside in. */
const wrappings = {
  'plain': [],
  'mime': ['mime'],
  'gzip': ['gzip'],
  'base64': ['base64'],
  'gzip-base64': ['base64', 'gzip'],
  'guestinfo': ['guestinfo', 'base64', 'gzip'],
  'external': ['external'],
  'nocloud-iso': ['nocloud-iso'],
  'nocloud-vfat': ['nocloud-vfat'],
  'configdrive': ['configdrive'],
} as const satisfies Partial<Record<keyof typeof envelopes, readonly string[]>>;

/** What EC2 would count of it. */
function counted(name: string): number {
  const { gzip, mime } = envelopes;
  const input = { userData, name: '' };
  if (/gzip|guestinfo/.test(name)) return gzip.wrap(input).length;
  return name === 'mime' ? mime.wrap(input).length : Buffer.byteLength(userData);
}

suite('inspect opens every envelope of ours', () => {
  for (const [name, wrapping] of Object.entries(wrappings)) {
    test(name, () => {
      const { wrap } = envelopes[name as keyof typeof wrappings];
      const got = review(wrap({ userData, name: 'edge-01' }));
      assert.deepEqual(got.wrapping, wrapping);
      assert.deepEqual(
        got.files.map((file) => ({ ...file, part: '' })),
        expected.files.map((file) => ({ ...file, part: '' })),
      );
      assert.deepEqual(
        got.commands.map(({ text }) => text),
        expected.commands.map(({ text }) => text),
      );
      // What is only there to carry user-data is nothing that EC2 counts.
      const aws = got.budget.find(({ target }) => target === 'aws');
      assert.deepEqual(aws, { ...aws, counted: counted(name), limit: 16_384 });
    });
  }
});

test('an include of ours: where the payload is fetched from, and by which digest it is checked', () => {
  const url = 'https://example.com/user-data';
  const { parts, downloads, wrapping } = review(envelopes.include.wrap({ userData, name: '', url }));
  assert.deepEqual(wrapping, ['mime']);
  assert.deepEqual(
    parts.map(({ kind }) => kind),
    ['part-handler', 'include'],
  );
  const sha256 = createHash('sha256').update(userData).digest('hex');
  assert.deepEqual(downloads, [{ url, digest: `sha256:${sha256}`, from: 'part-002' }]);
});

const files = { 'user-data': '#cloud-config\nruncmd: [echo hello]\n', 'meta-data': 'instance-id: i-1\n' };

function folder(t: TestContext): string {
  const at = temporary(t);
  mkdirSync(join(at, 'in'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(at, 'in', name), text);
  return at;
}

/** Runs a tool in a folder; false where there is none of that name. */
function ran(cwd: string, command: string, ...args: string[]): boolean {
  const { error, status, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (error !== undefined) return false;
  assert.equal(status, 0, stderr);
  return true;
}

function hello(image: string, wrapping: string): void {
  const { commands, parts, wrapping: got } = review(readFileSync(image));
  assert.deepEqual(got, [wrapping]);
  assert.deepEqual(
    commands.map(({ text }) => text),
    ['echo hello'],
  );
  assert.deepEqual(
    parts.map(({ kind }) => kind),
    ['cloud-config', 'meta-data'],
  );
}

suite('inspect opens the drives that other tools make', () => {
  for (const [names, flags] of [
    ['Rock Ridge', ['-R']],
    ['Joliet', ['-J']],
    ['both', ['-J', '-r']],
  ] as const) {
    test(`xorriso, names of ${names}`, (t) => {
      const at = folder(t);
      const args = ['-as', 'mkisofs', ...flags, '-V', 'cidata', '-o', 'out.iso', 'in'];
      if (!ran(at, 'xorriso', ...args)) return lacks(t, 'xorriso');
      hello(join(at, 'out.iso'), 'nocloud-iso');
    });
  }
  for (const [bits, size] of [
    [12, 1],
    [16, 16],
    [32, 64],
  ] as const) {
    test(`mkfs.vfat and mcopy, FAT${bits}`, (t) => {
      const at = folder(t);
      writeFileSync(join(at, 'out.img'), Buffer.alloc((size << 20) - (bits === 32 ? 1 << 20 : 0)));
      const cluster = bits === 32 ? ['-s', '1'] : [];
      const made = ran(at, '/sbin/mkfs.vfat', '-n', 'CIDATA', '-F', String(bits), ...cluster, 'out.img');
      if (!made) return lacks(t, 'dosfstools');
      if (!ran(at, 'mcopy', '-oi', 'out.img', 'in/user-data', 'in/meta-data', '::'))
        return lacks(t, 'mtools');
      hello(join(at, 'out.img'), 'nocloud-vfat');
    });
  }
});
