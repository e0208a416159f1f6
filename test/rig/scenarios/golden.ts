import assert from 'node:assert/strict';
import { bakeLayer } from '../bake-layer.ts';
import type { BakeWish } from '../bake-layer.ts';
import { watchDownloads } from '../downloads.ts';
import { becomesReady, isDone, on, runsAPod, speaksAsNode } from '../expect.ts';
import { forgetsItsSecrets, leavesNothingBehind, survivesAReboot } from '../life.ts';
import type { AuthKind } from '../node-auth.ts';
import type { Run, Scenario, Stage } from '../scenario.ts';
import { images } from '../services/versions.ts';

const fast = { setting: 'namespaces', release: 'debian-13' } as const;
const older = { setting: 'namespaces', release: 'debian-12' } as const;

/** With the pods' image inside, so that nothing at all is fetched. */
export const full = (auth: AuthKind): BakeWish => ({ auth, config: { image: { images: [images.hello] } } });

/** With the cluster's resource id flexgen itself makes what the identity needs, in Azure and in the cluster. */
const setUp = (auth: AuthKind): BakeWish => ({ ...full(auth), cluster: 'resource-id' });

export const arc = setUp('arc');

/** The whole life of a node from a golden image: whatever it needs is there already. */
async function livesWithoutDownloads(stage: Stage, wish: BakeWish, reboot = false): Promise<void> {
  const baked = await bakeLayer(stage.site, stage.release, wish);
  const downloads = await watchDownloads(stage.site);
  const node = await stage.boot({ ...wish, image: 'golden' }, { baked });
  await becomesReady(stage, node);
  await isDone(stage, node);
  await runsAPod(stage, node);
  assert.deepEqual(await downloads(), []);
  await speaksAsNode(stage, node, node.identity.user);
  await leavesNothingBehind(node);
  if (reboot) {
    await survivesAReboot(stage, node);
    await runsAPod(stage, node);
  }
  await forgetsItsSecrets(stage, node);
  assert.deepEqual(stage.site.azure.takeViolations(), []);
}

const golden = (name: string, wish: BakeWish, runs: readonly Run[], reboot = false): Scenario => ({
  name: `golden image: ${name}, and downloads nothing`,
  runs,
  play: (stage) => livesWithoutDownloads(stage, wish, reboot),
});

export const goldenBootstrapToken = golden(
  'a bootstrap token makes it a node that survives a reboot',
  full('bootstrap-token'),
  [fast, older],
  true,
);

export const goldenServicePrincipal = golden('a service principal joins', full('service-principal'), [fast]);

export const goldenManagedIdentity = golden('the identity of an Azure VM joins', setUp('managed-identity'), [
  fast,
]);

export const goldenArc = golden("Arc's agent is inside, unconnected until the machine joins", arc, [fast]);

export const stockOnGolden: Scenario = {
  name: 'golden image: a payload for a stock image joins, and downloads nothing that is there',
  runs: [fast],
  async play(stage) {
    const wish = full('bootstrap-token');
    const baked = await bakeLayer(stage.site, stage.release, wish);
    const downloads = await watchDownloads(stage.site);
    const node = await stage.boot(wish, { baked });
    await becomesReady(stage, node);
    await isDone(stage, node);
    await runsAPod(stage, node);
    assert.deepEqual(await downloads(), []);
  },
};

export const goldenPowerCut: Scenario = {
  name: 'golden image: a power cut before the node is registered is made good by the next boot',
  runs: [fast],
  async play(stage) {
    const wish = full('bootstrap-token');
    const baked = await bakeLayer(stage.site, stage.release, wish);
    const node = await stage.boot({ ...wish, image: 'golden' }, { baked });
    await node.machine.waitForConsole(/flexgen: identity done/, { deadlineMs: 60_000 });
    await node.machine.powerCut();
    await node.machine.boot();
    await becomesReady(stage, node);
    await isDone(stage, node);
    assert.equal(await on(node, 'systemctl is-failed flexgen || true'), 'inactive');
  },
};
