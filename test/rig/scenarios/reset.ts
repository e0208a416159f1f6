import assert from 'node:assert/strict';
import { joinAgain, otherDisks, takeOut } from '../again.ts';
import { bakeLayer } from '../bake-layer.ts';
import { becomesReady, isDone, patience, runsAPod } from '../expect.ts';
import { differences, stateOf } from '../machine-state.ts';
import type { NodeWish } from '../node-config.ts';
import { keepReset } from '../reset-report.ts';
import type { BootedNode, Scenario, Stage, StartImage } from '../scenario.ts';
import { full } from './golden.ts';

const undone = 'flexgen: no node any more; to join again: new user-data, `cloud-init clean --reboot`';

/**
 * What a second first boot of cloud-init changes by itself, which dates what it writes for sudo up to 22.4, and what the
 * machine's own clock and logs do. The folder of containerd is a mount of the rig's, whose mode containerd tightens; the C
 * library's package runs ldconfig.service at the first boot after an update of /usr. /run/netns is everybody's, and empty. Empty
 * tables of iptables, which are nobody's, hold their modules. The rig's seed disk is read at the first boot alone.
 */
const ownDoing =
  /^[+-] (?:file \/var\/lib\/containerd\/ |file \/etc\/ssh\/ssh_host_|file \/etc\/sudoers\.d\/90-cloud-init-users |file \/etc\/(?:hostname|hosts|machine-id|resolv\.conf) |run \/run\/(?:netns$|blkid)|module (?:nf_(?:conntrack|nat|defrag_ipv[46])|nft_chain_nat|cdrom|isofs)$|unit (?:ssh|ldconfig|dbus|polkit|init\.scope|-\.)|process (?:systemd|dbus|udev)|cgroup .*\/flexgen-rig)/;

/** Whether a difference is none of flexgen's: of the system, or of the rig. */
export const isExpected = (line: string): boolean =>
  ownDoing.test(line) || line.startsWith(`+ file ${otherDisks} `);

/** Of a golden image containerd's databases stay, and are written. */
const databases = /^[+-] file \/var\/lib\/containerd\/io\.containerd\.[\w./]+\/meta(?:data)?\.db /;

const fast = { setting: 'namespaces', release: 'debian-13' } as const;

async function works(stage: Stage, node: BootedNode): Promise<void> {
  await becomesReady(stage, node);
  await isDone(stage, node);
  await runsAPod(stage, node);
}

/** What a machine is after it has joined and been reset, compared with itself before; that it can join again. */
async function isUndone(stage: Stage, wish: Partial<NodeWish>, image: StartImage): Promise<void> {
  // It has booted without a word of flexgen's.
  const node = await stage.boot(wish, { ...image, without: '#cloud-config\n{}\n' });
  await node.machine.exec('cloud-init status --wait >/dev/null', patience(stage, 60));
  const { deadlineMs } = patience(stage, 60);
  const before = await stateOf(node.machine, deadlineMs);
  const joined = await joinAgain(stage, node, wish);
  await works(stage, joined);
  assert.equal(await takeOut(stage, joined), undone);
  const changes = differences(before, await stateOf(node.machine, deadlineMs));
  // Before it is judged: what has stayed is to be seen, too.
  if (image.baked === undefined) keepReset(stage.release, changes, isExpected);
  assert.deepEqual(
    changes.filter((line) => !isExpected(line) && !(image.baked && databases.test(line))),
    [],
  );
  await works(stage, await joinAgain(stage, node, wish));
}

export const resetToBefore: Scenario = {
  name: 'flexgen-node reset makes a machine what it was before it became a node, and it joins again',
  runs: [fast, { setting: 'namespaces', release: 'debian-12' }, { setting: 'qemu', release: 'debian-13' }],
  play: (stage) => isUndone(stage, {}, {}),
};

export const goldenReset: Scenario = {
  name: 'golden image: flexgen-node reset leaves what the image has, and the machine joins again',
  runs: [fast],
  async play(stage) {
    const wish = full('bootstrap-token');
    const baked = await bakeLayer(stage.site, stage.release, wish);
    await isUndone(stage, { ...wish, image: 'golden' }, { baked });
  },
};
