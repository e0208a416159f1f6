import assert from 'node:assert/strict';
import { bakeLayer } from '../bake-layer.ts';
import { watchDownloads } from '../downloads.ts';
import { becomesReady, fails, isDone, on, runsAPod } from '../expect.ts';
import type { Scenario } from '../scenario.ts';
import { arc, full } from './golden.ts';

const fast = [{ setting: 'namespaces', release: 'debian-13' }] as const;

export const goldenOnStock: Scenario = {
  name: 'a payload for a golden image says on a stock machine that it is none',
  runs: fast,
  async play(stage) {
    const node = await stage.boot({ image: 'golden' });
    await fails(stage, node, /FAILED at host \(14\): this is no golden image — /);
    const waited = await node.machine.exec('cloud-init status --wait --long');
    assert.notEqual(waited.exitCode, 0, waited.stdout);
    assert.equal(await on(node, 'ls -d /usr/local/bin/kubelet /var/lib/flexgen 2>/dev/null || true'), '');
  },
};

export const otherImage: Scenario = {
  name: 'golden image: a payload for another one is refused with both ids, before anything is changed',
  runs: fast,
  async play(stage) {
    const baked = await bakeLayer(stage.site, stage.release, full('bootstrap-token'));
    const downloads = await watchDownloads(stage.site);
    const node = await stage.boot({ ...arc, image: 'golden' }, { baked });
    const id = await on(node, 'jq -r .id /etc/flexgen/image.json');
    const line = await fails(stage, node, /FAILED at host \(15\): /);
    assert.ok(line.includes(id), line);
    assert.match(line, /image\.repair/);
    assert.deepEqual(await downloads(), []);
    assert.equal(await on(node, 'systemctl is-active kubelet containerd || true'), 'inactive\ninactive');
  },
};

export const repairedImage: Scenario = {
  name: 'golden image: with image.repair the parts that it lacks are installed, and no others',
  runs: fast,
  async play(stage) {
    const baked = await bakeLayer(stage.site, stage.release, full('bootstrap-token'));
    const downloads = await watchDownloads(stage.site);
    const config = { image: { ...arc.config?.['image'], repair: true } };
    const node = await stage.boot({ ...arc, config, image: 'golden' }, { baked });
    await becomesReady(stage, node);
    await isDone(stage, node);
    await runsAPod(stage, node);
    const fetched = await downloads();
    assert.ok(fetched.length > 0);
    const other = fetched.filter((path) => !path.startsWith('packages.microsoft.com/'));
    assert.deepEqual(other, []);
  },
};
