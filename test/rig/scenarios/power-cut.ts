import assert from 'node:assert/strict';
import { becomesReady, isDone, on, patience, runsAPod } from '../expect.ts';
import type { Scenario } from '../scenario.ts';

/** Pulls the plug once `step` has begun, and expects the next boot to go on by itself. */
const cutDuring = (step: string, begun: RegExp): Scenario => ({
  name: `a power cut during ${step} is made good by the next boot`,
  runs: [{ setting: 'qemu', release: 'debian-13' }],
  async play(stage) {
    const kubelet = stage.site.artifacts.path('kubelet');
    const reached = step === 'artifacts' ? stage.site.mirror.hold(kubelet) : undefined;
    const node = await stage.boot();
    if (reached === undefined) await node.machine.waitForConsole(begun, patience(stage, 60));
    else await reached;
    await node.machine.powerCut();
    stage.site.mirror.repair();
    await node.machine.boot();
    await becomesReady(stage, node);
    await isDone(stage, node);
    await runsAPod(stage, node);
    assert.equal(await on(node, 'systemctl is-failed flexgen || true'), 'inactive');
  },
});

export const powerCutDuringArtifacts = cutDuring('artifacts', /flexgen: packages done/);
export const powerCutDuringKubelet = cutDuring('kubelet', /flexgen: identity done/);
