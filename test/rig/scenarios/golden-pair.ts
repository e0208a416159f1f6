import assert from 'node:assert/strict';
import { bakeImage } from '../bake/image.ts';
import { watchDownloads } from '../downloads.ts';
import { becomesReady, isDone, on, runsAPod } from '../expect.ts';
import { forgetsItsSecrets, leavesNothingBehind } from '../life.ts';
import type { BootedNode, Scenario } from '../scenario.ts';
import { recordBoot } from '../timings.ts';

const whole = [{ setting: 'qemu', release: 'debian-13' }] as const;

/** What no two machines may share. */
async function identityOf(node: BootedNode): Promise<readonly string[]> {
  const said = await on(node, 'cat /etc/machine-id; hostname; cut -d" " -f2 /etc/ssh/ssh_host_*_key.pub');
  return said.split('\n');
}

export const goldenPair: Scenario = {
  name: 'golden image: two machines that start from one disk at the same time are two nodes',
  runs: whole,
  async play(stage) {
    const baked = await bakeImage(stage.site, stage.release);
    const nodes = await Promise.all([1, 2].map(() => stage.boot({ image: 'golden' }, { baked })));
    for (const node of nodes) {
      // Two machines without hardware virtualisation on the processors of one.
      await becomesReady(stage, node, 120);
      await isDone(stage, node);
    }
    for (const node of nodes) await runsAPod(stage, node);
    const [one = [], other = []] = await Promise.all(nodes.map(identityOf));
    assert.equal(one.length, 3);
    assert.deepEqual(
      one.filter((line) => other.includes(line)),
      [],
    );
  },
};

export const goldenLife: Scenario = {
  // Its reboot is what it is in namespaces, where it takes a tenth of the time.
  name: 'golden image: a machine joins from its disk alone and forgets its token',
  runs: whole,
  async play(stage) {
    const baked = await bakeImage(stage.site, stage.release);
    const downloads = await watchDownloads(stage.site);
    const node = await stage.boot({ image: 'golden' }, { baked });
    await becomesReady(stage, node);
    await isDone(stage, node);
    const downloaded = await downloads();
    assert.deepEqual(downloaded, []);
    await recordBoot(stage, node, downloaded.length);
    await runsAPod(stage, node);
    await leavesNothingBehind(node);
    await forgetsItsSecrets(stage, node);
  },
};
