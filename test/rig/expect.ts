import assert from 'node:assert/strict';
import { run } from './services/run.ts';
import { images } from './services/versions.ts';
import type { BootedNode, Stage } from './scenario.ts';

/** Milliseconds, stretched to what this setting takes. */
export const patience = (stage: Stage, seconds: number) => ({ deadlineMs: seconds * 1000 * stage.patience });

/** Waits for the verdict on the console: Ready, or FAILED with its words as the error. */
export async function becomesReady(stage: Stage, node: BootedNode, seconds = 60): Promise<string> {
  const verdict = await node.machine.waitForConsole(
    /flexgen: (node .* is Ready in .*|FAILED .*)/,
    patience(stage, seconds),
  );
  assert.match(verdict[0], /is Ready in rig/);
  return verdict[0];
}

/** Waits for a FAILED line and returns it. */
export async function fails(stage: Stage, node: BootedNode, pattern: RegExp, seconds = 60): Promise<string> {
  const verdict = await node.machine.waitForConsole(
    /flexgen: (node .* is Ready in .*|FAILED .*)/,
    patience(stage, seconds),
  );
  assert.match(verdict[0], pattern);
  return verdict[0];
}

/** Waits until flexgen has ended its work on the machine: scrubbed, tools installed, unit inactive. */
export async function isDone(stage: Stage, node: BootedNode, seconds = 60): Promise<void> {
  const { deadlineMs } = patience(stage, seconds);
  const script =
    'until test -e /var/lib/flexgen/done && ! systemctl -q is-active flexgen; do systemctl is-failed -q flexgen && exit 1; sleep 0.5; done';
  assertOk(await node.machine.exec(script, { deadlineMs }));
}

export function assertOk(result: { exitCode: number; stdout: string; stderr: string }): string {
  assert.equal(result.exitCode, 0, result.stderr || result.stdout);
  return result.stdout;
}

/** The output of a script in the machine, trimmed; its failure is the test's. */
export async function on(node: BootedNode, script: string): Promise<string> {
  return assertOk(await node.machine.exec(script)).trim();
}

/** Runs the test image on this node until it answers, and takes its log and a command's output from it. */
export async function runsAPod(
  stage: Stage,
  { nodeName }: BootedNode,
  image: string = images.hello,
): Promise<void> {
  const { kubectl, apply } = stage.site.controlPlane;
  const pod = `pod-on-${nodeName}`;
  await apply({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: pod },
    spec: {
      nodeName,
      tolerations: [{ operator: 'Exists' }],
      automountServiceAccountToken: false,
      containers: [{ name: 'hello', image }],
    },
  });
  await kubectl(['wait', `pod/${pod}`, '--for=condition=Ready', `--timeout=${60 * stage.patience}s`]);
  assert.match(await kubectl(['logs', pod]), /hello/);
  assert.match(await kubectl(['exec', pod, '--', '/hello', 'echo', 'from', 'inside']), /from inside/);
  await kubectl(['delete', 'pod', pod, '--wait=false', '--grace-period=0', '--force']);
}

/**
 * The certificate was asked for by `requestor`, and whatever the kubelet was let do after it was done as the node: until
 * it has its certificate it may ask as nobody, and is refused.
 */
export async function speaksAsNode(stage: Stage, { nodeName }: BootedNode, requestor: RegExp): Promise<void> {
  const events = await stage.site.controlPlane.audit();
  const asked = events.filter(
    (e) => e.verb === 'create' && e.resource === 'certificatesigningrequests' && requestor.test(e.user),
  );
  assert.ok(asked.length > 0, `no certificate signing request by ${requestor}`);
  const others = events.filter(
    (e) =>
      e.name === nodeName &&
      e.resource === 'nodes' &&
      e.userAgent.startsWith('kubelet') &&
      ![401, 403].includes(e.status),
  );
  assert.ok(others.length > 0, 'the kubelet never touched its node');
  for (const event of others) assert.equal(event.user, `system:node:${nodeName}`);
}

/** What the kubelet itself says at one of its paths, asked as the API server asks. */
export async function askKubelet(stage: Stage, { address }: BootedNode, path: string): Promise<unknown> {
  const { certFile, keyFile } = stage.site.controlPlane.kubeletClient;
  const as = ['--cert', certFile, '--key', keyFile];
  return JSON.parse(await run('curl', ['-sSfk', ...as, `https://${address}:10250${path}`]));
}
