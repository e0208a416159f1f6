import assert from 'node:assert/strict';
import { startLan } from '../machines/lan.ts';
import { answerTo, endPods, eventuallyAnswers, startPod } from '../pods.ts';
import type { Scenario } from '../scenario.ts';
import { alone, answersOf, bootTwo, serve } from '../two-nodes.ts';

const fast = [{ setting: 'namespaces', release: 'debian-13' }] as const;

export const bridgeNodes: Scenario = {
  name: 'two bridge nodes: pods reach those of their own node, a Service with a local policy answers, and nothing crosses',
  runs: fast,
  play: alone(async (stage) => {
    await using lan = await startLan(stage.dir);
    const [one, two] = await bootTwo(stage, lan, { node: { ip: { cidr: '10.8.0.0/24' } } });
    const app = { app: 'bridged' };
    const asker = await startPod(stage, one, 'bridge-asker');
    const near = await startPod(stage, one, 'bridge-near', app);
    const far = await startPod(stage, two, 'bridge-far', app);
    assert.equal(await answerTo(asker, near.ips[0] ?? ''), 'hello from bridge-near');
    assert.equal(await answerTo(asker, far.ips[0] ?? ''), undefined);
    const ip = await serve(stage, 'bridged', { internalTrafficPolicy: 'Local' });
    await eventuallyAnswers(stage, asker, ip, 80);
    // In forty connections the other one would have come up.
    assert.deepEqual(await answersOf(asker, ip, 2), ['hello from bridge-near']);
    await endPods(stage, [asker, near, far]);
  }),
};
