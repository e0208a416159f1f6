import assert from 'node:assert/strict';
import { mkdirSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { createState, readState, removeState } from '../../src/io/state.ts';
import { UnwritableFile } from '../../src/io/write.ts';
import { createRig } from '../cli/run.ts';

const name = 'arc/s/g/m.json';

const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

suite('the state folder', () => {
  test('keeps a file for its owner alone, out of git’s sight', async (t) => {
    const rig = createRig(t);
    const root = join(rig.folder, 'state');
    assert.equal(await readState(root, name), undefined);
    await createState(root, name, 'key');
    assert.equal(await readState(root, name), 'key');
    assert.equal(modeOf(join(root, name)), '600');
    assert.equal(modeOf(join(root, 'arc/s/g')), '700');
    assert.equal(modeOf(root), '700');
    assert.deepEqual(rig.files(), { 'state/.gitignore': '*\n', [`state/${name}`]: 'key' });
  });

  test('goes with its last file, and not before', async (t) => {
    const rig = createRig(t);
    const root = join(rig.folder, 'state');
    await createState(root, name, 'key');
    await createState(root, 'arc/s/other.json', 'key');
    await removeState(root, name);
    assert.deepEqual(rig.files(), { 'state/.gitignore': '*\n', 'state/arc/s/other.json': 'key' });
    await removeState(root, 'arc/s/other.json');
    assert.deepEqual(rig.files(), {});
    await removeState(root, name);
  });

  test('says why it can’t be written', async (t) => {
    const rig = createRig(t, { state: 'a file' });
    await assert.rejects(createState(join(rig.folder, 'state'), name, 'key'), (error) => {
      assert.ok(error instanceof UnwritableFile);
      assert.equal(error.reason, 'a part of its path is not a folder');
      return true;
    });
    mkdirSync(join(rig.folder, 'real'));
    symlinkSync(join(rig.folder, 'real'), join(rig.folder, 'link'));
    await createState(join(rig.folder, 'link'), name, 'key');
    assert.equal(rig.read(`real/${name}`), 'key');
  });
});
