import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { becomesReady, isDone, on, runsAPod } from '../expect.ts';
import type { Scenario } from '../scenario.ts';
import { onMachine } from '../../secrets/on-machine.ts';
import { secretsOn } from '../secrets.ts';
import { startLoginRegistry } from '../services/login-registry.ts';
import { images } from '../services/versions.ts';

const login = { username: 'robot$edge', password: `p@ss"w\\'o"rd#%` } as const;

const loginRegistry: Scenario = {
  name: 'a registry that wants a password gives a node its images, as a mirror and by its own name',
  runs: [{ setting: 'namespaces', release: 'debian-13' }],
  async play(stage) {
    const dir = join(stage.dir, 'registry');
    const registry = await startLoginRegistry({ dir, upstream: stage.site.registry.localUrl, ...login });
    try {
      const { host } = new URL(registry.url);
      const ca = join(dir, 'ca.pem');
      await writeFile(ca, registry.caPem);
      const password = { command: ['printf', '%s', login.password] };
      const node = await stage.boot(
        {
          config: {
            runtime: {
              registryMirrors: { _default: [registry.url] },
              registries: { [host]: { username: login.username, password, ca: { file: ca } } },
            },
          },
        },
        { trace: join(stage.dir, 'programs') },
      );
      await becomesReady(stage, node);
      await isDone(stage, node);
      await runsAPod(stage, node);
      await runsAPod(stage, node, images.hello.replace(/^[^/]+/, host));
      const given = registry.asked.filter((line) => line.startsWith('200 ')).join('\n');
      assert.match(given, /\/token/);
      for (const image of [images.pause, images.hello])
        assert.ok(given.includes(image.slice(image.indexOf('/'), image.lastIndexOf(':'))), given);
      const dump = await on(node, 'containerd config dump');
      // What stands in the file of logins takes nothing away from the config.
      assert.match(dump, /config_path = '\/etc\/containerd\/certs\.d'/);
      assert.match(dump, /username = 'robot\$edge'/);
      const seen = await secretsOn(stage, node, { password: login.password });
      assert.deepEqual(seen.get('password'), onMachine['registry’s password'].seen);
    } finally {
      await registry.stop();
    }
  },
};

export const registryScenarios: readonly Scenario[] = [loginRegistry];
