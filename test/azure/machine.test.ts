import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createAssignment, deleteMachine, putMachine, readMachine } from '../../src/azure/index.ts';
import { machineIdOf } from '../../src/azure/machine-id.ts';
import { azureFor } from './fixture.ts';
import { machineKeys, vmId } from './machine.ts';
import { access, asked, operator, outcome, who } from './operator.ts';
import type { Azure } from './server/azure.ts';

const subscriptionId = '3f9c5d1a-5a0c-4f57-9a55-0d1a86b6f0c2';
const id = { subscriptionId, resourceGroup: 'rg-edge', name: 'edge-01' };
const { publicKey } = machineKeys();
const parts = { location: 'westeurope', tags: { site: 'north' }, publicKey, vmId };
const one = 'Microsoft.HybridCompute/machines/edge-01';

test('a machine is made before it is there, read, and removed', async (t) => {
  const azure = await azureFor(t);
  const me = operator(azure);
  assert.equal(outcome(await readMachine(me, id)), null);
  const made = outcome(await putMachine(me, id, parts));
  const principalId = azure.machines.all()[0]?.principalId;
  const resourceId = machineIdOf(id);
  const { tenantId } = azure.credentials;
  const expected = { ...parts, resourceId, principalId, tenantId, status: 'Disconnected' };
  assert.deepEqual(made, expected);
  assert.deepEqual(outcome(await readMachine(me, { ...id, name: 'EDGE-01' })), expected);
  // Again: the same machine, the same identity.
  assert.deepEqual(outcome(await putMachine(me, id, { ...parts, tags: {} })), { ...expected, tags: {} });
  azure.machines.change(resourceId, { status: 'Connected' });
  const read = await readMachine(me, id);
  assert.equal(read.ok && read.value?.status, 'Connected');
  assert.equal(outcome(await deleteMachine(me, id)), true);
  assert.equal(outcome(await deleteMachine(me, id)), false);
  assert.deepEqual(asked(azure), [
    `GET ${one} 404`,
    `PUT ${one} 200`,
    `GET ${one.replace('edge', 'EDGE')} 200`,
    `PUT ${one} 200`,
    `GET ${one} 200`,
    `DELETE ${one} 200`,
    `DELETE ${one} 204`,
  ]);
  const versions = azure.requests.map(({ apiVersion }) => apiVersion).filter((version) => version !== null);
  assert.deepEqual([...new Set(versions)], ['2025-01-13']);
  // One sign-in for all.
  assert.equal(azure.requests.filter(({ path }) => path.endsWith('/token')).length, 1);
});

const stranger = {
  location: 'westeurope',
  tags: {},
  vmId: '6f2b8d2c-3e4f-4061-9b72-8c9d0e1f2a32',
  clientPublicKey: publicKey,
};
const group = `/subscriptions/${subscriptionId}/resourceGroups/rg-edge`;
const onboarding = 'Azure Connected Machine Onboarding';

const notAllowed = (verb: string, role: string) =>
  `azure/forbidden at auth: ${who} may not do Microsoft.HybridCompute/machines/${verb} on machine edge-01` +
  ` → the role ${role} grants it: \`az role assignment create --assignee ${who} --role "${role}" --scope ${group}\``;

const refusals: Readonly<
  Record<string, readonly [(azure: Azure) => void, 'read' | 'put' | 'delete', (azure: Azure) => string]>
> = {
  'a resource group that is not there': [
    (azure) => azure.removeCluster('resourceGroup'),
    'read',
    () =>
      `azure/missing at auth: there is no resource group rg-edge in subscription ${subscriptionId}` +
      ` → \`az group create --subscription ${subscriptionId} --name rg-edge --location LOCATION\` makes it, or name another in \`auth.resourceGroup\``,
  ],
  'a provider that is not registered': [
    (azure) => azure.setProvider('Microsoft.HybridCompute', 'NotRegistered'),
    'put',
    () =>
      `azure/provider at auth: subscription ${subscriptionId} is not registered for Microsoft.HybridCompute` +
      ` → \`az provider register --namespace Microsoft.HybridCompute --subscription ${subscriptionId} --wait\` registers it, once for all machines`,
  ],
  'who may not read': [
    (azure) => azure.forbid('Microsoft.HybridCompute/machines/read'),
    'read',
    () => notAllowed('read', onboarding),
  ],
  'who may not write': [
    (azure) => azure.forbid('Microsoft.HybridCompute/machines/write'),
    'put',
    () => notAllowed('write', onboarding),
  ],
  'who may not remove': [
    (azure) => azure.forbid('Microsoft.HybridCompute/machines/delete'),
    'delete',
    () => notAllowed('delete', 'Azure Connected Machine Resource Administrator'),
  ],
  'a name that another machine has': [
    (azure) => azure.machines.put(machineIdOf(id), stranger),
    'put',
    () =>
      'azure/conflict at auth: machine edge-01 in resource group rg-edge is another one: Azure refuses to change it' +
      " (409 HCRP409): The machine 'edge-01' already exists with another VM ID or key." +
      ` → name this one otherwise in \`auth.machineName\`, or remove that one: \`az connectedmachine delete --subscription ${subscriptionId} --resource-group rg-edge --name edge-01\``,
  ],
  'a subscription of another tenant': [
    (azure) => azure.hideSubscription('otherTenant'),
    'read',
    (azure) =>
      `azure/tenant at auth: the sign-in is of tenant ${azure.credentials.tenantId}, but the subscription is of tenant d5e6f708-192a-4b3c-8d4e-5f60718293a4` +
      ' → `az login --tenant d5e6f708-192a-4b3c-8d4e-5f60718293a4`, or set that tenantId in `azure`',
  ],
  'a policy against it': [
    (azure) => azure.failNext(1, 403, 'RequestDisallowedByPolicy'),
    'put',
    () =>
      'azure/refused at auth: Azure refuses Microsoft.HybridCompute/machines/write (403 RequestDisallowedByPolicy):' +
      ' The request failed: RequestDisallowedByPolicy. → what Azure says there is all that flexgen knows',
  ],
  'throttled for longer than four attempts': [
    (azure) => azure.throttle(4, 60),
    'put',
    ({ endpoint }) =>
      `azure/throttled: ${new URL(endpoint).host} takes no more requests for now (429): it asks to wait 60 s → try again later`,
  ],
};

for (const [name, [arrange, verb, expected]] of Object.entries(refusals)) {
  test(`refused: ${name}`, async (t) => {
    const azure = await azureFor(t);
    arrange(azure);
    const before = azure.machines.all();
    const me = operator(azure);
    const calls = {
      read: async () => outcome(await readMachine(me, id)),
      put: async () => outcome(await putMachine(me, id, parts)),
      delete: async () => outcome(await deleteMachine(me, id)),
    };
    assert.deepEqual(await calls[verb](), [expected(azure)]);
    assert.deepEqual(azure.machines.all(), before);
  });
}

test('throttled for a minute, it waits as long as it is asked to, and goes on', async (t) => {
  const azure = await azureFor(t);
  azure.throttle(2, 30);
  const me = operator(azure);
  assert.equal((await putMachine(me, id, parts)).ok, true);
  assert.deepEqual(me.waits, [30_000, 30_000]);
});

test('a network that is cut in the middle: what was made is found by the next run', async (t) => {
  const azure = await azureFor(t);
  azure.cutAfter('PUT', /\/machines\/edge-01$/, 4);
  const { host } = new URL(azure.endpoint);
  assert.deepEqual(outcome(await putMachine(operator(azure), id, parts)), [
    `azure/network: can't reach ${host}: the connection was cut (ECONNRESET) → check the network and HTTPS_PROXY, then run it again: what is done is not done twice`,
  ]);
  const [machine] = azure.machines.all();
  const read = await readMachine(operator(azure), id);
  assert.equal(read.ok && read.value?.principalId, machine?.principalId);
  const again = await putMachine(operator(azure), id, parts);
  assert.equal(again.ok && again.value.principalId, machine?.principalId);
});

test('an operator is signed in once for each scope', async (t) => {
  const azure = await azureFor(t);
  const me = operator(azure);
  const aks = '6dae42f8-4368-4678-94ff-3960e28e3630/.default';
  const tokens = await Promise.all([me.token(), me.token(), me.token(azure.scope), me.token(aks)]);
  const texts = tokens.map((token) => (token.ok ? token.value.token : ''));
  assert.equal(new Set(texts).size, 2);
  assert.equal(azure.requests.filter(({ path }) => path.endsWith('/token')).length, 2);
  assert.equal(access(azure).scope, azure.scope);
});

test('in another cloud every token is for that cloud', async (t) => {
  const azure = await azureFor(t, { cloud: 'us-government' });
  const me = operator(azure);
  const made = await putMachine(me, id, parts);
  const principalId = made.ok ? (made.value.principalId ?? '') : '';
  const grant = { scope: azure.resourceId, principalId, role: 'clusterUser' } as const;
  assert.equal(outcome(await createAssignment(me, grant)), 'created');
  assert.equal(outcome(await deleteMachine(me, id)), true);
});
