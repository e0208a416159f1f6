import assert from 'node:assert/strict';
import { on, patience } from './expect.ts';
import type { BootedNode, Stage } from './scenario.ts';

export { forgetsItsSecrets } from './secrets.ts';

/** What listens on a node, by port, and who may reach it. */
const expectedListeners: readonly RegExp[] = [
  /:10250$/, // kubelet, authenticated
  /^127\.0\.0\.1:10248$/, // kubelet's health, loopback
  /^127\.0\.0\.1:\d+$/, // containerd's streaming server, loopback, a port of the kernel's choice
  /^(0\.0\.0\.0|\[::\]):22$/, // sshd of the image
  /:53$|:5355$/, // systemd-resolved
];

/** No process, no timer and no listener of flexgen's. */
export async function leavesNothingBehind(node: BootedNode): Promise<void> {
  const processes = await on(node, 'ps -eo args | grep -i flexgen | grep -v grep || true');
  assert.equal(processes, '');
  assert.equal(await on(node, 'systemctl list-timers --all --no-legend | grep -i flexgen || true'), '');
  const listening = (await on(node, "ss -Htlnp | awk '{print $4}' | sed 's/%[a-z0-9]*//'")).split('\n');
  for (const address of listening) {
    assert.ok(
      expectedListeners.some((known) => known.test(address)),
      `${address} listens on the node`,
    );
  }
}

/** Seconds since the epoch of the node's last heartbeat, NaN before the first, which may come late. */
export async function heartbeat({ site }: Stage, { nodeName }: BootedNode): Promise<number> {
  const lease = ['get', 'lease', nodeName, '-n', 'kube-node-lease', '--ignore-not-found'];
  const renewed = ['-o', 'jsonpath={.spec.renewTime}'];
  return Date.parse(await site.controlPlane.kubectl([...lease, ...renewed])) / 1000;
}

/** An ordinary reboot: the node is Ready again by itself, and flexgen's unit does not run. */
export async function survivesAReboot(stage: Stage, node: BootedNode): Promise<void> {
  const { kubectl } = stage.site.controlPlane;
  const bootId = async (): Promise<string> =>
    await kubectl(['get', 'node', node.nodeName, '-o', 'jsonpath={.status.nodeInfo.bootID}']);
  const before = await bootId();
  await node.machine.reboot(patience(stage, 60));
  const boot = await on(node, 'cat /proc/sys/kernel/random/boot_id');
  await kubectl([
    'wait',
    `node/${node.nodeName}`,
    `--for=jsonpath={.status.nodeInfo.bootID}=${boot}`,
    `--timeout=${60 * stage.patience}s`,
  ]);
  assert.notEqual(await bootId(), before);
  await kubectl([
    'wait',
    `node/${node.nodeName}`,
    '--for=condition=Ready',
    `--timeout=${60 * stage.patience}s`,
  ]);
  assert.equal(
    await on(node, 'systemctl show -p ActiveState -p ConditionResult flexgen | sort'),
    'ActiveState=inactive\nConditionResult=no',
  );
  assert.equal(await on(node, 'tail -n +2 /proc/swaps'), '');
}
