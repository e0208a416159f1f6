import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { on } from '../expect.ts';
import type { Scenario } from '../scenario.ts';
import { run } from '../services/run.ts';

const starters = 'templates/config';

export const validUserData: Scenario = {
  name: "cloud-init's own schema calls every starter's user-data valid",
  runs: [
    { setting: 'namespaces', release: 'debian-13' },
    { setting: 'namespaces', release: 'debian-12' },
  ],
  async play(stage) {
    const node = await stage.boot();
    for (const file of (await readdir(starters)).filter((name) => name.endsWith('.yaml'))) {
      const userData = await run('node', [
        'dist/flexgen.js',
        'cloud-init',
        '--config',
        `${starters}/${file}`,
      ]);
      const base64 = Buffer.from(userData).toString('base64');
      const verdict = await on(
        node,
        `base64 -d <<<${base64} >/run/${file}; cloud-init schema -c /run/${file} 2>&1`,
      );
      assert.match(verdict, /^Valid (schema|cloud-config)/m, `${file}: ${verdict}`);
    }
  },
};
