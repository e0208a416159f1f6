import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import { suite, test } from 'node:test';
import { createRig, root } from './run.ts';

const starters = readdirSync(`${root}/templates/config`).filter((name) => name.endsWith('.yaml'));

suite('the same bytes', { concurrency: 2 }, () => {
  for (const starter of starters) {
    test(`${starter}: again, from elsewhere, as somebody else`, async (t) => {
      const rig = createRig(t);
      cpSync(`${root}/templates/config`, `${rig.folder}/config`, { recursive: true });
      mkdirSync(`${rig.folder}/elsewhere`);
      const first = await rig.flexgen(['cloud-init', '--config', starter], { cwd: 'config' });
      assert.equal(first.exitCode, 0, first.stderr);
      const others = await Promise.all([
        rig.flexgen(['cloud-init', '--config', starter], { cwd: 'config' }),
        rig.flexgen(['cloud-init', '--config', `../config/${starter}`, '--offline'], { cwd: 'elsewhere' }),
        rig.flexgen(['cloud-init', '--config', `${root}/templates/config/${starter}`]),
        rig.flexgen(['cloud-init', '--config', `config/${starter}`], {
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
