import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { createRig, root } from './cli/run.ts';
import { generated, staleFiles } from './generated.ts';
import { copyStarters, renderMade, starters } from './render/starters.ts';

suite('generated files', () => {
  test('are those that the sources give (else: npm run generate)', async () => {
    assert.deepEqual(await staleFiles(root), []);
  });

  test('a file that is missing, different or left over is found', async (t) => {
    const rig = createRig(t, Object.fromEntries(await generated()));
    assert.deepEqual(await staleFiles(rig.folder), []);
    rig.write('generated/bootstrap-token.user-data.yaml', '#cloud-config\n');
    rig.write('generated/gone.user-data.yaml', '#cloud-config\n');
    rig.write('generated/config.schema.json', '{}');
    assert.deepEqual(await staleFiles(rig.folder), [
      'generated/bootstrap-token.user-data.yaml',
      'generated/config.schema.json',
      'generated/gone.user-data.yaml',
    ]);
    assert.equal((await staleFiles(`${rig.folder}/nowhere`)).length, starters.length + 4);
  });

  test('what is shipped renders as the sources do', async (t) => {
    const files = await generated();
    const rig = createRig(t);
    await copyStarters(rig.folder);
    for (const name of starters) {
      const { stdout } = await rig.flexgen(['cloud-init', '--no-setup', '--config', `${name}.yaml`]);
      assert.ok(stdout === (await renderMade(name)), name);
    }
    assert.equal((await rig.flexgen(['schema'])).stdout, files.get('generated/config.schema.json'));
  });
});
