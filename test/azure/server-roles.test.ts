import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { authorization, refusal, secretCredential } from './clients.ts';
import { azureFor } from './fixture.ts';
import { send } from './send.ts';
import type { Azure } from './server/azure.ts';

const role = '4abbcc35-e782-43d8-92c5-2d3f1bd2253f';
const [first, second] = ['11111111-2222-4333-8444-555555555555', '66666666-7777-4888-8999-aaaaaaaaaaaa'];

const definition = ({ resourceId }: Azure, id: string): string => {
  const subscription = resourceId.split('/').slice(0, 3).join('/');
  return `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${id}`;
};

function create(azure: Azure, principalId: string, name: string = randomUUID(), roleId = role) {
  return authorization(azure).roleAssignments.create(azure.resourceId.slice(1), name, {
    principalId,
    roleDefinitionId: definition(azure, roleId),
    principalType: 'ServicePrincipal',
  });
}

async function listed(azure: Azure, scope: string, filter?: string): Promise<(string | undefined)[]> {
  const names: (string | undefined)[] = [];
  const { roleAssignments } = authorization(azure);
  const options = filter === undefined ? {} : { filter };
  for await (const { name } of roleAssignments.listForScope(scope, options)) names.push(name);
  return names;
}

const statuses = ({ requests }: Azure, method: string) =>
  requests
    .filter((one) => one.method === method && one.apiVersion === '2022-04-01')
    .map(({ status }) => status);

test('ARM: an assignment is made once, read and removed', async (t) => {
  const azure = await azureFor(t);
  azure.addPrincipal(first);
  const name = randomUUID();
  const made = await create(azure, first, name);
  const same = await create(azure, first, name);
  assert.deepEqual(statuses(azure, 'PUT'), [201, 200]);
  assert.deepEqual(made.createdOn, same.createdOn);
  assert.deepEqual(
    [made.name, made.scope, made.principalId, made.principalType, made.roleDefinitionId],
    [name, azure.resourceId, first, 'ServicePrincipal', definition(azure, role)],
  );
  const { roleAssignments } = authorization(azure);
  const scope = azure.resourceId.slice(1);
  assert.equal((await roleAssignments.get(scope, name)).id, made.id);
  assert.match(await refusal(create(azure, first)), /^409 RoleAssignmentExists: /);
  assert.equal((await roleAssignments.delete(scope, name)).name, name);
  await roleAssignments.delete(scope, name);
  assert.deepEqual(statuses(azure, 'DELETE'), [200, 204]);
  assert.match(await refusal(roleAssignments.get(scope, name)), /^404 RoleAssignmentNotFound: /);
});

test('ARM: an identity is known some time after it was made, an assignment is listed some time after', async (t) => {
  const azure = await azureFor(t);
  assert.match(await refusal(create(azure, first)), /^400 PrincipalNotFound: Principal 111111112222/);
  azure.addPrincipal(first);
  azure.lagLists(2);
  await create(azure, first);
  const scope = azure.resourceId.slice(1);
  const counts = [];
  for (let turn = 0; turn < 3; turn += 1) counts.push((await listed(azure, scope)).length);
  assert.deepEqual(counts, [0, 0, 1]);
});

test('ARM: a name stays with its principal, and a role must be there', async (t) => {
  const azure = await azureFor(t);
  azure.addPrincipal(first);
  azure.addPrincipal(second);
  const name = randomUUID();
  await create(azure, first, name);
  assert.equal(
    await refusal(create(azure, second, name)),
    '400 RoleAssignmentUpdateNotPermitted: Tenant ID, application ID, principal ID, and scope are not allowed to be updated.',
  );
  assert.match(
    await refusal(create(azure, second, undefined, '00000000-0000-0000-0000-000000000001')),
    /^404 RoleDefinitionDoesNotExist: /,
  );
  azure.forbid('Microsoft.Authorization/roleAssignments/write');
  assert.match(
    await refusal(create(azure, second)),
    /^403 AuthorizationFailed: .*'Microsoft\.Authorization\/roleAssignments\/write' over scope/,
  );
});

test('ARM: lists go page by page, up and down the scopes, for a principal or for all', async (t) => {
  const azure = await azureFor(t);
  const cluster = azure.resourceId;
  const group = cluster.split('/').slice(0, 5).join('/');
  const give = (scope: string, principalId: string, name: string) =>
    azure.assignRole({ scope, principalId, roleId: role, name });
  give(group, first, 'group-first');
  give(cluster, first, 'cluster-first');
  give(cluster, second, 'cluster-second');
  give(`${cluster}x`, first, 'other');
  azure.setPageSize(1);
  const ofFirst = `principalId eq '${first}'`;
  assert.deepEqual(await listed(azure, cluster.slice(1), ofFirst), ['group-first', 'cluster-first']);
  assert.deepEqual(statuses(azure, 'GET'), [200, 200]);
  const asked = group.slice(1);
  assert.deepEqual(await listed(azure, asked, ofFirst), ['group-first', 'cluster-first', 'other']);
  assert.deepEqual(await listed(azure, asked, 'atScope()'), ['group-first']);
  assert.deepEqual(await listed(azure, cluster.slice(1), `assignedTo('${second}')`), ['cluster-second']);
  const both = `atScope() and assignedTo('${first}')`;
  assert.deepEqual(await listed(azure, cluster.slice(1), both), ['group-first', 'cluster-first']);
  assert.match(await refusal(listed(azure, asked, "principalId eq 'x'")), /^400 UnsupportedQuery: /);
  assert.deepEqual(azure.takeViolations(), ["ARM: filter principalId eq 'x'"]);
});

test('ARM: what no correct client sends of an assignment is a violation', async (t) => {
  const azure = await azureFor(t);
  azure.addPrincipal(first);
  const { roleAssignments } = authorization(azure);
  const parameters = {
    principalId: first,
    roleDefinitionId: definition(azure, role),
    principalType: 'ServicePrincipal',
  };
  // The SDK puts a slash before a scope that has one.
  const twice = roleAssignments.create(azure.resourceId, randomUUID(), parameters);
  assert.match(await refusal(twice), /^404 InvalidResourceType: /);
  const scope = azure.resourceId.slice(1);
  const { principalType: _, ...typeless } = parameters;
  const wrong = [
    roleAssignments.create(scope, 'node', parameters),
    roleAssignments.create(scope, randomUUID(), typeless),
    roleAssignments.create(scope, randomUUID(), { ...parameters, roleDefinitionId: role }),
    roleAssignments.create(scope, randomUUID(), { ...parameters, condition: 'true' }),
  ];
  for (const answer of wrong) assert.match(await refusal(answer), /^400 InvalidRequest: /);
  const taken = azure.takeViolations();
  assert.match(taken[0] ?? '', /^ARM: PUT \/\/subscriptions\//);
  assert.deepEqual(taken.slice(1).toSorted(), [
    'ARM: role assignment with a name that is no UUID',
    'ARM: role assignment with a principal type that is not ServicePrincipal',
    'ARM: role assignment with a role definition of no subscription or another',
    'ARM: role assignment with property condition',
  ]);
  const { token } = await secretCredential(azure).getToken(azure.scope);
  const url = `${azure.endpoint}${azure.resourceId}/providers/Microsoft.Authorization/roleAssignments/${randomUUID()}?api-version=2022-04-01`;
  const headers = { authorization: `Bearer ${token}` };
  assert.match(await send(azure, url, { method: 'PUT', headers }), /^415 /);
  assert.deepEqual(azure.takeViolations(), ['ARM: content type missing']);
});
