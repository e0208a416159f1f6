import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { suite, test } from 'node:test';
import { createRig, execute, root } from '../../cli/run.ts';
import type { Outcome } from '../../cli/run.ts';
import { lacks } from '../../encode/reader.ts';
import { renderStarter, starters } from '../starters.ts';

const fetched = `${root}/.cache/cloud-init/root/usr/lib/python3/dist-packages`;

/** `cloud-init schema -c`: of the machine, or as fetch-cloud-init.sh has fetched it. */
async function schema(file: string): Promise<Outcome | undefined> {
  const args = ['schema', '-c', file];
  if (existsSync('/usr/bin/cloud-init')) return await execute('/usr/bin/cloud-init', args, {});
  if (!existsSync(fetched)) return undefined;
  const env = { PYTHONPATH: fetched, PYTHONDONTWRITEBYTECODE: '1' };
  return await execute('/usr/bin/python3', ['-m', 'cloudinit.cmd.main', ...args], { env });
}

const missing = 'cloud-init (test/render/fetch-cloud-init.sh)';

suite('cloud-init schema', { concurrency: 2 }, () => {
  for (const name of starters) {
    test(name, async (t) => {
      const rig = createRig(t, { 'user-data.yaml': await renderStarter(name) });
      const file = `${rig.folder}/user-data.yaml`;
      const outcome = await schema(file);
      if (outcome === undefined) return lacks(t, missing);
      assert.equal(outcome.exitCode, 0, outcome.stderr);
      assert.match(outcome.stdout, new RegExp(`Valid (?:schema|cloud-config:) .*${file}\n$`));
      assert.doesNotMatch(outcome.stdout + outcome.stderr, /deprecat/i);
    });
  }

  test('finds what is wrong', async (t) => {
    const rig = createRig(t, { 'user-data.yaml': '#cloud-config\nwrite_files: [{ path: 7 }]\n' });
    const outcome = await schema(`${rig.folder}/user-data.yaml`);
    if (outcome === undefined) return lacks(t, missing);
    assert.equal(outcome.exitCode, 1);
    assert.match(outcome.stderr, /write_files\.0\.path: 7 is not of type 'string'/);
  });
});
