import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bakeLayer } from '../bake-layer.ts';
import { attemptBake } from '../bake/attempt.ts';
import { checkHygiene, hygieneTable, items } from '../bake/hygiene/index.ts';
import { plants } from '../bake/hygiene/plants.ts';
import { bakeImage } from '../bake/image.ts';
import { mergeLayer } from '../bake/merge.ts';
import { extractDisk } from '../machines/extract-disk.ts';
import type { Scenario } from '../scenario.ts';
import { startMirror } from '../services/mirror.ts';
import { say } from '../services/progress.ts';
import { run } from '../services/run.ts';

const slow = [{ setting: 'qemu', release: 'debian-13' }] as const;

export const cleanImage: Scenario = {
  name: 'an image that Packer has baked has all of a node and nothing of the machine that it was',
  runs: slow,
  async play({ site, release, dir }) {
    const image = await bakeImage(site, release);
    const [root, disk] = [join(dir, 'tree'), join(dir, 'disk.raw')];
    await extractDisk(image.disk, root);
    await run('qemu-img', ['convert', '-O', 'raw', image.disk, disk]);
    const tree = { root, disk, words: image.words };
    const findings = await checkHygiene(tree);
    say(`what the image has:\n${hygieneTable(findings)}`);
    assert.deepEqual(
      findings.filter(({ violations }) => violations.length > 0),
      [],
    );
    // And the same check sees it when it is otherwise.
    for (const plant of Object.values(plants)) await plant(tree);
    const seen = await checkHygiene(tree);
    assert.deepEqual(
      seen.filter(({ violations }) => violations.length === 0).map(({ item }) => item.name),
      // Without a manifest there is nothing that these could miss.
      items.filter(({ reads }) => reads.includes('image.json .')).map(({ name }) => name),
    );
  },
};

export const unconnectedImage: Scenario = {
  name: "an image with Arc's agent has it installed, and connected as nobody",
  runs: [{ setting: 'namespaces', release: 'debian-13' }],
  async play({ site, release, dir }) {
    const machines = site.azure.machines.all().length;
    const baked = await bakeLayer(site, release, { auth: 'arc', cluster: 'resource-id' });
    assert.equal(site.azure.machines.all().length, machines);
    const [root, disk] = [join(dir, 'tree'), join(dir, 'no-disk')];
    await mergeLayer(baked, release, root);
    await writeFile(disk, '');
    const findings = await checkHygiene({ root, disk, words: [] });
    say(`what the image with the agent has:\n${hygieneTable(findings)}`);
    // There cloud-init has made its default user, who is not the one that builds.
    assert.deepEqual(
      findings.filter(
        ({ item, violations }) => violations.length > 0 && !/ (?:person|authorized key)$/.test(item.name),
      ),
      [],
    );
    const { packages } = JSON.parse(await readFile(join(root, 'etc/flexgen/image.json'), 'utf8'));
    assert.equal(packages.azcmagent, site.agent.locked.version);
  },
};

export const cutBake: Scenario = {
  name: 'a bake whose mirror is cut in the middle fails and leaves no image',
  runs: slow,
  async play({ site, release, dir }) {
    const { artifacts } = site;
    const mirror = await startMirror({ roots: [artifacts.dir], dir: join(dir, 'mirror') });
    const config = {
      artifacts: { mirror: mirror.serverUrl, ca: { file: join(dir, 'mirror/mirror.crt') } },
    };
    const held = mirror.hold(artifacts.path('kubelet'));
    const attempt = attemptBake(site, { auth: 'bootstrap-token', release, config }, join(dir, 'bake'));
    try {
      await Promise.race([held, attempt]);
    } finally {
      await mirror.stop();
    }
    const { exitCode, output, image } = await attempt;
    assert.match(output, /flexgen: FAILED at artifacts \(22\): kubelet: curl: /);
    assert.match(output, /Deleting output directory/);
    assert.deepEqual({ exitCode, image }, { exitCode: 1, image: null });
  },
};

export const smallDisk: Scenario = {
  name: 'a bake on a disk that is too small says how much is needed, and leaves no image',
  runs: slow,
  async play({ site, release, dir }) {
    const attempt = { auth: 'bootstrap-token', release, size: '2G' } as const;
    const { exitCode, output, image } = await attemptBake(site, attempt, join(dir, 'bake'));
    assert.match(
      output,
      /FAILED at bake: the disk is too small: 1[3-6]\d\d MiB are free in \/, 2048 MiB are needed — give/,
    );
    assert.deepEqual({ exitCode, image }, { exitCode: 1, image: null });
  },
};
