import assert from 'node:assert/strict';
import { becomesReady, fails, isDone, on, patience, runsAPod } from '../expect.ts';
import type { Scenario } from '../scenario.ts';

const fast = [{ setting: 'namespaces', release: 'debian-13' }] as const;

const status = async (node: Parameters<typeof on>[0]): Promise<unknown> =>
  JSON.parse(await on(node, 'flexgen-node status --json'));

export const corruptedArtifact: Scenario = {
  name: 'a corrupted artifact is never installed, and the node joins once the mirror is repaired',
  runs: fast,
  async play(stage) {
    const { mirror, artifacts } = stage.site;
    const right = artifacts.artifacts.find(({ name }) => name === 'kubelet')?.sha256;
    mirror.corrupt(artifacts.path('kubelet'));
    const node = await stage.boot();
    const line = await fails(
      stage,
      node,
      /FAILED at artifacts \(21\): kubelet: expected sha256 [0-9a-f]{64}, got [0-9a-f]{64} from https:/,
    );
    assert.ok(right !== undefined && line.includes(`expected sha256 ${right}`), line);
    assert.equal(
      await on(node, 'ls /usr/local/bin/kubelet /var/lib/flexgen/cache/kubelet 2>/dev/null || true'),
      '',
    );
    const { state, step, code } = (await status(node)) as Record<string, unknown>;
    assert.deepEqual({ state, step, code }, { state: 'failed', step: 'artifacts', code: 21 });
    mirror.repair();
    await node.machine.waitForConsole(/is Ready in rig/, patience(stage, 120));
    await isDone(stage, node);
  },
};

export const wrongSecret: Scenario = {
  name: 'a wrong client secret is named with its AADSTS code, and tried again',
  runs: fast,
  async play(stage) {
    const node = await stage.boot({ auth: 'service-principal', secret: 'not+the&secret' });
    await fails(stage, node, /FAILED at identity \(41\): no token: .*AADSTS7000215/);
    stage.site.azure.setSecret('not+the&secret');
    try {
      await node.machine.waitForConsole(/is Ready in rig/, patience(stage, 120));
      await isDone(stage, node);
    } finally {
      stage.site.azure.setSecret(stage.site.azure.credentials.secret);
    }
  },
};

export const expiredToken: Scenario = {
  name: 'a bootstrap token that the cluster does not know is named as such',
  runs: fast,
  async play(stage) {
    const node = await stage.boot();
    const id = node.identity.secrets[0]?.text.split('.')[0] ?? '';
    await stage.site.controlPlane.kubectl(['-n', 'kube-system', 'delete', 'secret', `bootstrap-token-${id}`]);
    await fails(
      stage,
      node,
      /FAILED at identity \(43\): rig refuses this identity: its token is wrong or has expired/,
    );
  },
};

export const wrongSystem: Scenario = {
  name: 'a payload for another system fails before anything is changed',
  runs: fast,
  async play(stage) {
    const node = await stage.boot({ config: { node: { os: 'ubuntu-24.04' } } });
    await fails(
      stage,
      node,
      /FAILED at host \(11\): this is debian-13, the payload is for ubuntu-24.04 — set node.os: debian-13/,
    );
    assert.equal(
      await on(node, 'ls -d /var/lib/flexgen/cache/* /usr/local/bin/containerd 2>/dev/null || true'),
      '',
    );
  },
};

export const noNetworkPlugin: Scenario = {
  name: 'a node whose CNI never comes says so',
  runs: fast,
  async play(stage) {
    const node = await stage.boot({ config: { network: { mode: 'external' } } });
    await fails(stage, node, /FAILED at ready \(71\): False .*network/, 300);
  },
};

export const aptPath: Scenario = {
  name: 'what the image lacks is installed with apt, for Arc too',
  runs: fast,
  async play(stage) {
    const node = await stage.boot({ auth: 'arc', cluster: 'resource-id' }, { variant: 'bare' });
    await becomesReady(stage, node, 120);
    await runsAPod(stage, node);
  },
};
