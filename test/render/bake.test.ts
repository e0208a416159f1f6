import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bakeFiles } from '../../src/render/packer/bake.ts';

const file = { path: '/etc/token', mode: 0o600, content: 'x' };

function bake(part: { phase: 'image' | 'boot'; secret: boolean }): readonly string[] {
  const plan = {
    files: [{ ...file, ...part }],
    artifacts: [],
    image: { id: 'id', images: [] },
  };
  return bakeFiles(plan, { os: 'debian-13', arch: 'amd64' }, '1.0.0').map(({ path }) => path);
}

test('a secret among the files of an image is a bug, and no image is made', () => {
  assert.throws(
    () => bake({ phase: 'image', secret: true }),
    /\/etc\/token is secret: it may not be in an image/,
  );
});

test('what a node gets at its boot is not in an image', () => {
  assert.deepEqual(bake({ phase: 'boot', secret: true }), ['bake/image.json', 'bake/files.tsv']);
  assert.deepEqual(bake({ phase: 'image', secret: false }).at(-1), 'bake/node/etc/token');
});
