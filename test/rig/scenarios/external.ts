import assert from 'node:assert/strict';
import { rigCniImage } from '../cluster-images.ts';
import { startLan } from '../machines/lan.ts';
import { answerTo, endPods, eventuallyAnswers, startPod } from '../pods.ts';
import { rigCni } from '../rig-cni.ts';
import type { Scenario } from '../scenario.ts';
import { buildBinaries } from '../services/binaries.ts';
import { rigName } from '../services/pki.ts';
import { images } from '../services/versions.ts';
import { alone, answersOf, bootTwo, serve } from '../two-nodes.ts';

const fast = [{ setting: 'namespaces', release: 'debian-13' }] as const;

export const externalNodes: Scenario = {
  name: 'two nodes whose network a DaemonSet sets up: pods reach those of the other node, and a Service answers from both',
  runs: fast,
  play: alone(async (stage) => {
    const { controlPlane, registry } = stage.site;
    await using lan = await startLan(stage.dir);
    await registry.push(images.rigCni, await rigCniImage(await buildBinaries()));
    const labels = { 'rig-network': 'daemonset' };
    await controlPlane.apply(rigCni(labels, `https://${rigName}:${controlPlane.port}`));
    const [one, two] = await bootTwo(stage, lan, {
      node: { ip: { cidr: '10.8.0.0/24' }, labels },
      network: { mode: 'external' },
    });
    const app = { app: 'crossing' };
    const near = await startPod(stage, one, 'external-near', app);
    const far = await startPod(stage, two, 'external-far', app);
    assert.equal(await answerTo(near, far.ips[0] ?? ''), 'hello from external-far');
    assert.equal(await answerTo(far, near.ips[0] ?? ''), 'hello from external-near');
    const ip = await serve(stage, 'crossing');
    await eventuallyAnswers(stage, near, ip, 80);
    assert.deepEqual(await answersOf(near, ip, 2), ['hello from external-far', 'hello from external-near']);
    await endPods(stage, [near, far]);
  }),
};
