import assert from 'node:assert/strict';
import { join } from 'node:path';
import { becomesReady, isDone } from '../expect.ts';
import { startPod } from '../pods.ts';
import type { AuthKind } from '../node-auth.ts';
import type { Scenario, Stage } from '../scenario.ts';
import { atRest, objectsIn } from '../services/objects.ts';
import { until } from '../services/processes.ts';

/** All that Azure and the cluster hold. */
async function everything({ site }: Stage): Promise<object> {
  const { machines, roleAssignments } = site.azure;
  return {
    machines: machines.all(),
    roleAssignments: [...roleAssignments],
    objects: await objectsIn(site.controlPlane),
  };
}

/** The same of a cluster in which nothing goes on: nodes of other runs, whose machines are off, would change without end. */
async function everythingAtRest(stage: Stage): Promise<object> {
  await stage.site.controlPlane.kubectl(['delete', 'nodes', '--all']);
  return await atRest(() => everything(stage));
}

/** From a payload to a node, and out of the cluster again, with its kubelet still running. */
async function leaves(stage: Stage, auth: AuthKind): Promise<void> {
  const { controlPlane, azure, workstation } = stage.site;
  const before = await everythingAtRest(stage);
  const node = await stage.boot({ auth, cluster: 'resource-id' });
  const { nodeName } = node;
  await becomesReady(stage, node, 300);
  await isDone(stage, node, 300);
  await startPod(stage, node, `on-${nodeName}`);
  const reset = ['reset', '--config', join(stage.dir, nodeName, 'flexgen.yaml')];
  await assert.rejects(workstation.flexgen(reset), /nothing makes these pods of \S+ anew: default\/on-/);
  assert.equal(await workstation.flexgen([...reset, '--force']), 'sudo flexgen-node reset --yes\n');
  const asks = async (): Promise<boolean> =>
    (await controlPlane.audit()).some(
      ({ user, name, resource, status }) =>
        user === `system:node:${nodeName}` && name === nodeName && resource === 'nodes' && status === 404,
    );
  // It hears that its node is gone, and does not make it anew.
  await until('a kubelet that hears that its node is gone', asks, { seconds: 60 * stage.patience });
  assert.deepEqual(await everything(stage), before);
  assert.equal(await workstation.flexgen([...reset, '--force']), 'sudo flexgen-node reset --yes\n');
  assert.deepEqual(await everything(stage), before);
  assert.deepEqual(azure.takeViolations(), []);
}

const fast = [{ setting: 'namespaces', release: 'debian-13' }] as const;

const scenario = (name: string, auth: AuthKind): Scenario => ({
  name: `${name} leaves the cluster and Azure as they were, object by object`,
  runs: fast,
  play: (stage) => leaves(stage, auth),
});

export const leaveScenarios: readonly Scenario[] = [
  scenario('a node with a minted token', 'minted'),
  scenario('a machine of Azure Arc', 'arc'),
];
