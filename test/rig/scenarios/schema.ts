import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { on } from '../expect.ts';
import type { Scenario } from '../scenario.ts';

/** What the starter configs render to. */
const generated = 'generated';

export const validUserData: Scenario = {
  name: "cloud-init's own schema calls every starter's user-data valid",
  runs: [
    { setting: 'namespaces', release: 'debian-13' },
    { setting: 'namespaces', release: 'debian-12' },
  ],
  async play(stage) {
    const node = await stage.boot();
    for (const file of (await readdir(generated)).filter((name) => name.endsWith('.user-data.yaml'))) {
      const userData = await readFile(join(generated, file));
      const base64 = userData.toString('base64');
      const verdict = await on(
        node,
        `base64 -d <<<${base64} >/run/${file}; cloud-init schema -c /run/${file} 2>&1`,
      );
      assert.match(verdict, /^Valid (schema|cloud-config)/m, `${file}: ${verdict}`);
    }
  },
};
