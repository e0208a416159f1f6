import assert from 'node:assert/strict';
import { becomesReady, isDone, on, patience } from '../expect.ts';
import { heartbeat, survivesAReboot } from '../life.ts';
import { answerTo, endPods, startPod } from '../pods.ts';
import type { Pod } from '../pods.ts';
import type { BootedNode, Scenario, Stage } from '../scenario.ts';
import { until } from '../services/processes.ts';

/** What the cluster says of a pod, and what its machine says of the pod's process. */
interface Life {
  readonly uid: string;
  readonly container: string;
  readonly restarts: number;
  readonly ip: string;
  /** Of the process on the machine: pid and when it began. */
  readonly process: string;
}

interface PodObject {
  readonly metadata: { readonly uid: string };
  readonly status: {
    readonly podIP: string;
    readonly containerStatuses: readonly { readonly containerID: string; readonly restartCount: number }[];
  };
}

async function lifeOf({ site }: Stage, { name, node }: Pod): Promise<Life> {
  const object = JSON.parse(await site.controlPlane.kubectl(['get', 'pod', name, '-o', 'json'])) as PodObject;
  const [status] = object.status.containerStatuses;
  return {
    uid: object.metadata.uid,
    container: status?.containerID ?? '',
    restarts: status?.restartCount ?? -1,
    ip: object.status.podIP,
    process: await on(node, "ps -C hello -o pid=,lstart= | sed 's/^ *//'"),
  };
}

/** Ends the unit's process and waits for the next one, and for the heartbeat of a kubelet that has seen it. */
async function restart(stage: Stage, node: BootedNode, how: string, unit: string): Promise<void> {
  const pid = `systemctl show -p MainPID --value ${unit}`;
  const before = await on(node, pid);
  await on(node, how);
  await until(`another ${unit}`, async () => !['0', before].includes(await on(node, pid)), { seconds: 60 });
  const since = Number(await on(node, 'date +%s'));
  const beats = async (): Promise<boolean> => (await heartbeat(stage, node)) > since;
  await until('a heartbeat', beats, { seconds: 120 });
  await stage.site.controlPlane.kubectl([
    'wait',
    `node/${node.nodeName}`,
    '--for=condition=Ready',
    '--timeout=60s',
  ]);
}

const restarts: readonly (readonly [unit: string, how: string])[] = [
  ['containerd', 'systemctl restart containerd'],
  ['kubelet', 'systemctl restart kubelet'],
  // As when the kernel is out of memory.
  ['containerd', 'kill -KILL $(systemctl show -p MainPID --value containerd)'],
  ['kubelet', 'kill -KILL $(systemctl show -p MainPID --value kubelet)'],
];

export const outlives: Scenario = {
  name: 'a pod outlives containerd and kubelet, however they end, and comes back after a reboot',
  runs: [
    { setting: 'namespaces', release: 'debian-13' },
    { setting: 'namespaces', release: 'debian-12' },
  ],
  async play(stage) {
    const node = await stage.boot();
    await becomesReady(stage, node);
    await isDone(stage, node);
    const pod = await startPod(stage, node, `lasting-${node.nodeName}`);
    const born = await lifeOf(stage, pod);
    assert.equal(born.restarts, 0);
    for (const [unit, how] of restarts) {
      await restart(stage, node, how, unit);
      assert.deepEqual(await lifeOf(stage, pod), born, how);
      assert.equal(await answerTo(pod, born.ip), `hello from ${pod.name}`);
    }
    const { kubectl } = stage.site.controlPlane;
    // A kubelet that has just begun has yet to hear of its pods.
    const says = async (): Promise<boolean> => {
      const said = await kubectl(['exec', pod.name, '--', '/hello', 'echo', 'still', 'here']).catch(() => '');
      return said.includes('still here');
    };
    await until('the pod to be asked', says, { seconds: patience(stage, 30).deadlineMs / 1000 });

    await survivesAReboot(stage, node);
    const { deadlineMs } = patience(stage, 60);
    const again = async (): Promise<boolean> => (await lifeOf(stage, pod)).restarts === 1;
    await until('the pod again', again, { seconds: deadlineMs / 1000 });
    await kubectl(['wait', `pod/${pod.name}`, '--for=condition=Ready', `--timeout=${deadlineMs / 1000}s`]);
    const back = await lifeOf(stage, pod);
    assert.equal(back.uid, born.uid);
    assert.notEqual(back.container, born.container);
    assert.equal(await answerTo({ ...pod, ips: [back.ip] }, back.ip), `hello from ${pod.name}`);
    await endPods(stage, [pod]);
  },
};
