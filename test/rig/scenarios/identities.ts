import assert from 'node:assert/strict';
import { on } from '../expect.ts';
import type { AuthKind } from '../node-auth.ts';
import type { BootedNode, Scenario, Stage } from '../scenario.ts';
import { lives } from './join.ts';

const fast = { setting: 'namespaces', release: 'debian-13' } as const;
const older = { setting: 'namespaces', release: 'debian-12' } as const;

const joins = (name: string, auth: AuthKind, runs: Scenario['runs']): Scenario => ({
  name: `${name} makes a machine a node`,
  runs,
  play: (stage) => lives(stage, { auth, cluster: 'resource-id', reboot: false }),
});

export const mintedTokenJoin = joins('a bootstrap token that flexgen mints', 'minted', [fast]);

export const certificateJoin = joins('a service principal with a certificate', 'certificate', [fast]);

export const federatedJoin = joins('a service principal with a federated token', 'federated', [fast]);

export const managedIdentityJoin = joins('the identity of an Azure VM', 'managed-identity', [fast, older]);

export const userAssignedJoin = joins('a user-assigned identity of an Azure VM', 'user-assigned', [fast]);

/** The machine is the one that was made for it, and its agent was asked for nothing that it refuses. */
async function isConnected({ site }: Stage, node: BootedNode): Promise<void> {
  const shown = JSON.parse(await on(node, 'azcmagent show -j')) as Record<string, string>;
  const machine = site.azure.machines.find(shown['resourceId'] ?? '');
  assert.deepEqual(
    [shown['status'], machine?.status, machine?.name, machine?.vmId],
    ['Connected', 'Connected', node.nodeName, shown['vmId']],
  );
  assert.equal(await on(node, 'cat /var/opt/azcmagent/log/refused.log'), '');
  const listening = await on(node, "ss -Htln 'sport = :40342' | awk '{print $4}'");
  assert.equal(listening, '127.0.0.1:40342');
  // What the payload had of Azure is the machine's own key.
  assert.ok(!node.userData.includes(site.azure.credentials.secret));
}

export const arcJoin: Scenario = {
  name: 'Azure Arc makes a machine a node',
  runs: [fast, older, { setting: 'qemu', release: 'debian-13' }],
  play: (stage) =>
    lives(stage, {
      auth: 'arc',
      cluster: 'resource-id',
      // Under QEMU that takes minutes, and shows nothing of Arc that it doesn't here.
      reboot: stage.setting === 'namespaces',
      look: isConnected,
    }),
};
