import assert from 'node:assert/strict';
import { chmodSync, lstatSync, mkdirSync, statSync, symlinkSync } from 'node:fs';
import { suite, test } from 'node:test';
import { createRig } from './run.ts';
import { sample, sampleFiles } from './sample.ts';

const files = { ...sampleFiles, 'flexgen.yaml': sample };
const hint = '  name a file in a folder that you may write to\n';
const NOBODY = 65_534;

suite('cloud-init --out', { concurrency: 2 }, () => {
  test('writes what it would print, for its owner alone', async (t) => {
    const rig = createRig(t, files);
    const { stdout } = await rig.flexgen(['cloud-init']);
    const outcome = await rig.flexgen(['cloud-init', '--out', 'user-data.yaml']);
    assert.deepEqual(outcome, { exitCode: 0, stdout: '', stderr: '' });
    assert.equal(rig.read('user-data.yaml'), stdout);
    assert.equal(rig.mode('user-data.yaml'), '600');
    assert.deepEqual(Object.keys(rig.files()), [...Object.keys(files), 'user-data.yaml'].toSorted());
  });

  test('replaces a file as a whole: who has the old one open keeps it', async (t) => {
    const rig = createRig(t, { ...files, 'user-data.yaml': 'old' });
    const before = statSync(`${rig.folder}/user-data.yaml`);
    assert.equal((await rig.flexgen(['cloud-init', '-o', 'user-data.yaml'])).exitCode, 0);
    assert.notEqual(statSync(`${rig.folder}/user-data.yaml`).ino, before.ino);
    assert.equal(rig.mode('user-data.yaml'), '600');
  });

  test('writes where a link leads', async (t) => {
    const rig = createRig(t, { ...files, 'there/user-data.yaml': 'old' });
    symlinkSync('there/user-data.yaml', `${rig.folder}/link.yaml`);
    assert.equal((await rig.flexgen(['cloud-init', '-o', 'link.yaml'])).exitCode, 0);
    assert.ok(lstatSync(`${rig.folder}/link.yaml`).isSymbolicLink());
    assert.match(rig.read('there/user-data.yaml'), /^#cloud-config\n/);
  });

  for (const [path, reason] of [
    ['no/such/user-data.yaml', 'its folder does not exist'],
    ['token/user-data.yaml', 'a part of its path is not a folder'],
    ['.', 'it is not a file'],
    ['/dev/null', 'it is not a file'],
  ]) {
    test(`${path}: ${reason}`, async (t) => {
      const rig = createRig(t, files);
      assert.deepEqual(await rig.flexgen(['cloud-init', '--out', String(path)]), {
        exitCode: 2,
        stdout: '',
        stderr: `error: can't write ${path}: ${reason}\n${hint}`,
      });
      assert.deepEqual(rig.files(), files);
      assert.ok(lstatSync('/dev/null').isCharacterDevice());
    });
  }

  test('a folder that may not be written to', async (t) => {
    const rig = createRig(t, files);
    mkdirSync(`${rig.folder}/closed`, { mode: 0o555 });
    // Everything may be written to by root.
    const id = process.getuid?.() === 0 ? { id: NOBODY } : {};
    chmodSync(rig.folder, 0o755);
    assert.deepEqual(await rig.flexgen(['cloud-init', '--out', 'closed/user-data.yaml'], id), {
      exitCode: 2,
      stdout: '',
      stderr: `error: can't write closed/user-data.yaml: its folder may not be written to\n${hint}`,
    });
    assert.deepEqual(rig.files(), files);
  });
});
