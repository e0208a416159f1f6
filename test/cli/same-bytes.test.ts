import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { suite, test } from 'node:test';
import { copyStarters, starters } from '../render/starters.ts';
import { createRig } from './run.ts';

suite('the same bytes', { concurrency: 2 }, () => {
  for (const starter of starters.map((name) => `${name}.yaml`)) {
    test(`${starter}: again, from elsewhere, as somebody else`, async (t) => {
      const rig = createRig(t);
      await copyStarters(`${rig.folder}/config`);
      await copyStarters(`${rig.folder}/copy`);
      mkdirSync(`${rig.folder}/elsewhere`);
      const render = ['cloud-init', '--no-setup', '--config'];
      const first = await rig.flexgen([...render, starter], { cwd: 'config' });
      assert.equal(first.exitCode, 0, first.stderr);
      const others = await Promise.all([
        rig.flexgen([...render, starter], { cwd: 'config' }),
        rig.flexgen([...render, `../config/${starter}`, '--offline'], { cwd: 'elsewhere' }),
        rig.flexgen([...render, `${rig.folder}/copy/${starter}`]),
        rig.flexgen([...render, `config/${starter}`], {
          env: {
            TZ: 'Pacific/Kiritimati',
            LANG: 'tr_TR.UTF-8',
            LC_ALL: 'tr_TR.UTF-8',
            HOME: '/nonexistent',
            USER: 'somebody',
            HOSTNAME: 'elsewhere',
            TERM: 'xterm-256color',
            COLORTERM: 'truecolor',
            FORCE_COLOR: '3',
            https_proxy: 'http://proxy.invalid:1',
          },
        }),
      ]);
      for (const other of others) assert.equal(other.stdout, first.stdout);
    });
  }
});
