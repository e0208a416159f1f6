import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nameOf as assignmentNameOf, roles } from '../../src/azure/grant.ts';
import type { Grant } from '../../src/azure/grant.ts';
import {
  createAssignment,
  deleteAssignment,
  machineAssignments,
  readAssignment,
} from '../../src/azure/index.ts';
import { azureFor } from './fixture.ts';
import { asked, operator, outcome, who } from './operator.ts';
import type { Azure } from './server/azure.ts';

const principalId = '11111111-2222-4333-8444-555555555555';
const role = 'Azure Kubernetes Service Cluster User Role';
const cluster = 'Microsoft.ContainerService/managedClusters/aks1';
const list = `GET ${cluster}/providers/Microsoft.Authorization/roleAssignments 200`;

const grantOf = ({ resourceId }: Azure): Grant => ({ scope: resourceId, principalId, role: 'clusterUser' });

const one = (azure: Azure, method: string, status: number) => {
  const name = assignmentNameOf(grantOf(azure));
  return `${method} ${cluster}/providers/Microsoft.Authorization/roleAssignments/${name} ${status}`;
};

test('the name of an assignment is made of what it says, in any case', () => {
  const scope = '/subscriptions/3f9c5d1a-5a0c-4f57-9a55-0d1a86b6f0c2/resourceGroups/rg-edge';
  const grant: Grant = { scope, principalId, role: 'clusterUser' };
  // A change of it would make every assignment a stranger's.
  assert.equal(assignmentNameOf(grant), 'a0f617f7-23cf-5d97-a826-1cdcc3c6f3d2');
  const shout = { ...grant, scope: scope.toUpperCase(), principalId: principalId.toUpperCase() };
  assert.equal(assignmentNameOf(shout), assignmentNameOf(grant));
  assert.notEqual(assignmentNameOf({ ...grant, scope: `${scope}2` }), assignmentNameOf(grant));
});

test('a role is assigned once, found and removed', async (t) => {
  const azure = await azureFor(t);
  azure.addPrincipal(principalId);
  const me = operator(azure);
  const grant = grantOf(azure);
  assert.equal(outcome(await readAssignment(me, grant)), null);
  assert.equal(outcome(await createAssignment(me, grant)), 'created');
  assert.equal(outcome(await createAssignment(me, grant)), 'exists');
  const name = assignmentNameOf(grant);
  const id = `${azure.resourceId}/providers/Microsoft.Authorization/roleAssignments/${name}`;
  const shout = { ...grant, scope: grant.scope.replace(/aks1$/, 'AKS1') };
  assert.deepEqual(outcome(await readAssignment(me, shout)), { id, name, principalId, own: true });
  assert.deepEqual(
    azure.roleAssignments.map(({ scope, principalType, roleDefinitionId, description }) => [
      scope,
      principalType,
      roleDefinitionId.split('/').at(-1),
      description,
    ]),
    [
      [
        azure.resourceId,
        'ServicePrincipal',
        roles.clusterUser.id,
        'flexgen: a machine that is a node of this cluster',
      ],
    ],
  );
  assert.equal(outcome(await deleteAssignment(me, grant)), true);
  assert.equal(outcome(await deleteAssignment(me, grant)), false);
  assert.deepEqual(asked(azure), [
    list,
    one(azure, 'PUT', 201),
    one(azure, 'PUT', 200),
    list.replace('aks1', 'AKS1'),
    one(azure, 'DELETE', 200),
    one(azure, 'DELETE', 204),
  ]);
});

test('an assignment under another name is as good, and is not flexgen’s to remove', async (t) => {
  const azure = await azureFor(t);
  azure.addPrincipal(principalId);
  const grant = grantOf(azure);
  const roleId = roles.clusterUser.id;
  const { id, name } = azure.assignRole({ scope: azure.resourceId.toUpperCase(), principalId, roleId });
  const me = operator(azure);
  assert.deepEqual(outcome(await readAssignment(me, grant)), { id, name, principalId, own: false });
  assert.equal(outcome(await createAssignment(me, grant)), 'exists');
  assert.equal(outcome(await deleteAssignment(me, grant)), false);
  assert.deepEqual(
    azure.roleAssignments.map((assignment) => assignment.name),
    [name],
  );
});

test('what identities of a machine were assigned is found by the machine', async (t) => {
  const azure = await azureFor(t);
  const me = operator(azure);
  const machineId = `${azure.resourceId}/machines/edge-01`;
  const grants = [principalId, who].map((id) => ({ ...grantOf(azure), principalId: id, machineId }));
  const strangers = [grantOf(azure), { ...grantOf(azure), machineId: `${machineId}2` }].map(
    (grant, index) => ({
      ...grant,
      principalId: `22222222-2222-4333-8444-55555555555${index}`,
    }),
  );
  for (const grant of [...grants, ...strangers]) {
    azure.addPrincipal(grant.principalId);
    assert.equal(outcome(await createAssignment(me, grant)), 'created');
  }
  azure.setPageSize(1);
  const wanted = {
    scope: azure.resourceId,
    role: 'clusterUser',
    machineId: machineId.toUpperCase(),
  } as const;
  assert.deepEqual(
    outcome(await machineAssignments(me, wanted)),
    azure.roleAssignments
      .slice(0, 2)
      .map(({ id, name, principalId: holder }) => ({ id, name, principalId: holder, own: true })),
  );
});

test('what is assigned above, below or beside, or to another role, is not what is looked for', async (t) => {
  const azure = await azureFor(t);
  const group = azure.resourceId.split('/').slice(0, 5).join('/');
  const roleId = roles.clusterUser.id;
  azure.assignRole({ scope: group, principalId, roleId });
  azure.assignRole({ scope: `${azure.resourceId}/agentPools/one`, principalId, roleId });
  azure.assignRole({ scope: azure.resourceId, principalId: who, roleId });
  const reader = 'acdd72a7-3385-48ef-bd42-f606fba81ae7';
  azure.assignRole({ scope: azure.resourceId, principalId, roleId: reader });
  azure.setPageSize(1);
  const me = operator(azure);
  assert.equal(outcome(await readAssignment(me, grantOf(azure))), null);
  // The last page has it.
  const { name } = azure.assignRole({ scope: azure.resourceId, principalId, roleId });
  const found = await readAssignment(me, grantOf(azure));
  assert.equal(found.ok && found.value?.name, name);
  assert.deepEqual(
    asked(azure),
    Array.from({ length: 3 + 4 }, () => list),
  );
});

test('a new identity is waited for', async (t) => {
  const azure = await azureFor(t);
  azure.replicationDelay(2);
  const machineId = `${azure.resourceId.split('/').slice(0, 5).join('/')}/providers/Microsoft.HybridCompute/machines/edge-01`;
  const parts = { location: 'westeurope', tags: {}, vmId: '', clientPublicKey: '' };
  const { principalId: fresh } = azure.machines.put(machineId, parts);
  const me = operator(azure);
  const grant = { ...grantOf(azure), principalId: fresh };
  assert.equal(outcome(await createAssignment(me, grant)), 'created');
  assert.deepEqual(me.waits, [1000, 2000]);
});

test('an identity that never comes is given up after two minutes', async (t) => {
  const azure = await azureFor(t);
  const me = operator(azure);
  assert.deepEqual(outcome(await createAssignment(me, grantOf(azure))), [
    `azure/principal at auth: Azure does not know the identity ${principalId}, after two minutes of asking` +
      ' → a new one is known within minutes: run it again; one that was deleted must be made anew',
  ]);
  assert.deepEqual(me.waits, [1000, 2000, 4000, 8000, 16_000, 32_000, 60_000]);
  assert.equal(asked(azure).length, 8);
});

test('a name that an identity of the past holds is taken over', async (t) => {
  const azure = await azureFor(t);
  azure.addPrincipal(principalId);
  const grant = grantOf(azure);
  const name = assignmentNameOf(grant);
  const roleId = roles.clusterUser.id;
  azure.assignRole({ scope: azure.resourceId, principalId: who, roleId, name });
  assert.equal(outcome(await createAssignment(operator(azure), grant)), 'created');
  assert.deepEqual(
    azure.roleAssignments.map((assignment) => [assignment.name, assignment.principalId]),
    [[name, principalId]],
  );
  assert.deepEqual(asked(azure), [one(azure, 'PUT', 400), one(azure, 'DELETE', 200), one(azure, 'PUT', 201)]);
});

test('a list that does not show what was just made does no harm', async (t) => {
  const azure = await azureFor(t);
  azure.addPrincipal(principalId);
  azure.lagLists(1);
  const me = operator(azure);
  const grant = grantOf(azure);
  await createAssignment(me, grant);
  assert.equal(outcome(await readAssignment(me, grant)), null);
  assert.equal(outcome(await createAssignment(me, grant)), 'exists');
  assert.equal(azure.roleAssignments.length, 1);
});

const administrator = 'Role Based Access Control Administrator';

test('who may not assign is told which role lacks, and where', async (t) => {
  const azure = await azureFor(t);
  azure.addPrincipal(principalId);
  const grant = grantOf(azure);
  const refused = (verb: string) => [
    `azure/forbidden at cluster.resourceId: ${who} may not do Microsoft.Authorization/roleAssignments/${verb} on the cluster` +
      ` → the role ${administrator} grants it: \`az role assignment create --assignee ${who} --role "${administrator}" --scope ${azure.resourceId}\``,
  ];
  for (const verb of ['read', 'write', 'delete'])
    azure.forbid(`Microsoft.Authorization/roleAssignments/${verb}`);
  const me = operator(azure);
  assert.deepEqual(outcome(await readAssignment(me, grant)), refused('read'));
  assert.deepEqual(outcome(await createAssignment(me, grant)), refused('write'));
  assert.deepEqual(outcome(await deleteAssignment(me, grant)), refused('delete'));
  assert.deepEqual(azure.roleAssignments, []);
});

test('cut in the middle, the next run finds what was done', async (t) => {
  const azure = await azureFor(t);
  azure.addPrincipal(principalId);
  azure.cutAfter('PUT', /\/roleAssignments\//, 4);
  const grant = grantOf(azure);
  const { host } = new URL(azure.endpoint);
  assert.deepEqual(outcome(await createAssignment(operator(azure), grant)), [
    `azure/network: can't reach ${host}: the connection was cut (ECONNRESET) → check the network and HTTPS_PROXY, then run it again: what is done is not done twice`,
  ]);
  assert.equal(azure.roleAssignments.length, 1);
  const found = await readAssignment(operator(azure), grant);
  assert.equal(found.ok && found.value?.own, true);
});

test('the role is the one of the table', () => {
  assert.deepEqual(
    Object.values(roles).map(({ name }) => name),
    [role],
  );
});
