import assert from 'node:assert/strict';
import { patience } from './expect.ts';
import type { BootedNode, Stage } from './scenario.ts';
import { images } from './services/versions.ts';

/** A pod of the test image, which says who it is to whoever connects. */
export interface Pod {
  readonly name: string;
  readonly node: BootedNode;
  readonly ips: readonly string[];
}

/** The port on which it answers. */
export const podPort = 8080;

/** Starts a pod on this node and waits until it runs. */
export async function startPod(
  stage: Stage,
  node: BootedNode,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): Promise<Pod> {
  const { kubectl, apply } = stage.site.controlPlane;
  await apply({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels },
    spec: {
      nodeName: node.nodeName,
      tolerations: [{ operator: 'Exists' }],
      automountServiceAccountToken: false,
      containers: [{ name: 'hello', image: images.hello }],
    },
  });
  await kubectl(['wait', `pod/${name}`, '--for=condition=Ready', `--timeout=${60 * stage.patience}s`]);
  const ips = await kubectl(['get', 'pod', name, '-o', 'jsonpath={.status.podIPs[*].ip}']);
  return { name, node, ips: ips.split(' ') };
}

/** What answers there to this pod, `hello from NAME`, or undefined where nothing does. */
export async function answerTo(pod: Pod, ip: string, port = podPort): Promise<string | undefined> {
  const ask = `exec 3<>/dev/tcp/${ip}/${port} && head -n1 <&3`;
  const script = `for ns in /run/netns/*; do
  nsenter --net="$ns" ip -o addr | grep -q ' ${pod.ips[0]}/' || continue
  timeout 5 nsenter --net="$ns" bash -c '${ask}'
  exit
done
exit 99`;
  const { exitCode, stdout } = await pod.node.machine.exec(script);
  assert.notEqual(exitCode, 99, `${pod.name} has no network namespace`);
  return exitCode === 0 ? stdout.trim() : undefined;
}

/** Waits for an answer from there, since a Service's address takes a moment to lead somewhere. */
export async function eventuallyAnswers(stage: Stage, pod: Pod, ip: string, port: number): Promise<string> {
  const end = performance.now() + patience(stage, 30).deadlineMs;
  for (;;) {
    const answer = await answerTo(pod, ip, port);
    if (answer !== undefined) return answer;
    assert.ok(performance.now() < end, `nothing answers ${pod.name} at ${ip}:${port}`);
  }
}

/** Deletes pods without waiting for their grace. */
export async function endPods(stage: Stage, pods: readonly Pod[]): Promise<void> {
  const names = pods.map(({ name }) => name);
  await stage.site.controlPlane.kubectl(['delete', 'pod', ...names, '--grace-period=0', '--force']);
}
