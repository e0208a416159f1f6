import assert from 'node:assert/strict';
import { join } from 'node:path';
import { watchDownloads } from '../downloads.ts';
import { becomesReady, isDone, runsAPod, speaksAsNode } from '../expect.ts';
import { forgetsItsSecrets, leavesNothingBehind, survivesAReboot } from '../life.ts';
import type { AuthKind } from '../node-auth.ts';
import type { ClusterForm } from '../node-config.ts';
import type { BootedNode, Scenario, Stage } from '../scenario.ts';
import { recordBoot } from '../timings.ts';

const swapOn = `#cloud-config
swap: {filename: /swapfile, size: 64M}
`;

interface Join {
  readonly auth: AuthKind;
  readonly cluster?: ClusterForm;
  /** A reboot costs as much as the join; what it shows is the same for most identities. */
  readonly reboot: boolean;
  /** Of this identity alone, while the node is up. */
  readonly look?: (stage: Stage, node: BootedNode) => Promise<void>;
}

/** The whole life of a node: it joins, runs pods, and leaves no secret on its disk. */
export async function lives(stage: Stage, { reboot, look, ...wish }: Join): Promise<void> {
  // A machine that comes with swap: it must be off now, and stay off after the reboot.
  const downloads = await watchDownloads(stage.site);
  const node = await stage.boot(
    { ...wish, ...(stage.setting === 'qemu' ? { userData: swapOn } : {}) },
    stage.setting === 'qemu' ? {} : { trace: join(stage.dir, 'programs') },
  );
  await becomesReady(stage, node);
  await isDone(stage, node);
  await recordBoot(stage, node, (await downloads()).length);
  await runsAPod(stage, node);
  await speaksAsNode(stage, node, node.identity.user);
  await leavesNothingBehind(node);
  await look?.(stage, node);
  if (reboot) {
    await survivesAReboot(stage, node);
    await runsAPod(stage, node);
  }
  await forgetsItsSecrets(stage, node);
  assert.deepEqual(stage.site.azure.takeViolations(), []);
}

export const bootstrapTokenJoin: Scenario = {
  name: 'a bootstrap token makes a stock machine a node that survives a reboot and forgets its token',
  runs: [
    { setting: 'namespaces', release: 'debian-13' },
    { setting: 'namespaces', release: 'debian-12' },
    { setting: 'qemu', release: 'debian-13' },
    { setting: 'qemu', release: 'debian-12' },
  ],
  play: (stage) => lives(stage, { auth: 'bootstrap-token', reboot: true }),
};

export const servicePrincipalJoin: Scenario = {
  name: 'a service principal with a secret full of special characters does the same',
  runs: [{ setting: 'namespaces', release: 'debian-12' }],
  play: (stage) => lives(stage, { auth: 'service-principal', reboot: true }),
};
