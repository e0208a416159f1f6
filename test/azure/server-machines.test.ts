import assert from 'node:assert/strict';
import { test } from 'node:test';
import { authorization, hybridCompute, refusal, request, secretCredential } from './clients.ts';
import { azureFor } from './fixture.ts';
import { machineId, machineKeys, signedAs, vmId } from './machine.ts';
import { send } from './send.ts';
import type { Azure } from './server/azure.ts';

const keys = machineKeys();
const version = '?api-version=2025-01-13';

const body = {
  location: 'westeurope',
  tags: { site: 'north' },
  identity: { type: 'SystemAssigned' },
  properties: { osName: 'linux', clientPublicKey: keys.publicKey, vmId },
};

const put = (azure: Azure, document: object = body, name = 'edge-01') =>
  request(azure, 'PUT', `${machineId(azure, name)}${version}`, document);

/** Status and code, or what the body has of these keys. */
const code = ({ status, body: answer }: Awaited<ReturnType<typeof put>>): string => {
  const { error } = answer as { error?: { code: string } };
  return `${status} ${error?.code ?? 'fine'}`;
};

test('ARM: a machine is made, read in either version, listed and removed', async (t) => {
  const azure = await azureFor(t);
  const { machines } = hybridCompute(azure);
  assert.equal(
    (await refusal(machines.get('rg-edge', 'edge-01'))).replace(/ For more.*/, ''),
    "404 ResourceNotFound: The Resource 'Microsoft.HybridCompute/machines/edge-01' under resource group 'rg-edge' was not found.",
  );
  const made = await put(azure);
  assert.equal(made.status, 200);
  const [machine] = azure.machines.all();
  assert.deepEqual(made.body, {
    id: machineId(azure),
    name: 'edge-01',
    type: 'Microsoft.HybridCompute/machines',
    location: 'westeurope',
    tags: { site: 'north' },
    identity: {
      type: 'SystemAssigned',
      principalId: machine?.principalId,
      tenantId: azure.credentials.tenantId,
    },
    properties: {
      provisioningState: 'Succeeded',
      status: 'Disconnected',
      lastStatusChange: machine?.lastStatusChange,
      errorDetails: [],
      vmId,
      osName: 'linux',
      osType: 'linux',
      clientPublicKey: keys.publicKey,
    },
  });
  assert.deepEqual((await request(azure, 'GET', `${machineId(azure)}${version}`)).body, made.body);
  const read = await machines.get('RG-Edge', 'EDGE-01');
  assert.equal(read.identity?.principalId, machine?.principalId);
  const names: (string | undefined)[] = [];
  for await (const { name } of machines.listByResourceGroup('rg-edge')) names.push(name);
  for await (const { name } of machines.listBySubscription()) names.push(name);
  assert.deepEqual(names, ['edge-01', 'edge-01']);
  await machines.delete('rg-edge', 'edge-01');
  await machines.delete('rg-edge', 'edge-01');
  assert.deepEqual(
    azure.requests.filter(({ method }) => method === 'DELETE').map(({ status }) => status),
    [200, 204],
  );
  // Made anew, it is someone else.
  await put(azure);
  assert.notEqual(azure.machines.all()[0]?.principalId, machine?.principalId);
});

test('ARM: a machine that is made again keeps its identity, and is no other machine', async (t) => {
  const azure = await azureFor(t);
  await put(azure);
  const first = azure.machines.all()[0]?.principalId;
  assert.equal(code(await put(azure, { ...body, tags: {} })), '200 fine');
  assert.deepEqual(
    azure.machines.all().map(({ principalId, tags }) => [principalId, tags]),
    [[first, {}]],
  );
  const other = { ...body.properties, vmId: '6f2b8d2c-3e4f-4061-9b72-8c9d0e1f2a32' };
  assert.equal(code(await put(azure, { ...body, properties: other })), '409 HCRP409');
  assert.equal(code(await put(azure, { ...body, location: 'northeurope' })), '409 InvalidResourceLocation');
});

test('ARM: a machine needs a place, an identity, a key and an id; anything else is a violation', async (t) => {
  const azure = await azureFor(t);
  const { properties } = body;
  const spki = keys.privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');
  const wrong: readonly object[] = [
    { ...body, location: '' },
    { ...body, kind: 'AWS' },
    { ...body, tags: { site: 1 } },
    { ...body, identity: { type: 'UserAssigned' } },
    { ...body, properties: { ...properties, osName: 'Linux' } },
    { ...body, properties: { ...properties, clientPublicKey: spki } },
    { ...body, properties: { ...properties, vmId: 'edge-01' } },
    { ...body, properties: { ...properties, status: 'Connected' } },
  ];
  for (const document of wrong) assert.equal(code(await put(azure, document)), '400 HCRP400');
  assert.deepEqual(azure.takeViolations(), [
    'ARM: machine with location',
    'ARM: machine with kind',
    'ARM: machine with tags',
    'ARM: machine with identity.type',
    'ARM: machine with properties.osName',
    'ARM: machine with properties.clientPublicKey',
    'ARM: machine with properties.vmId',
    'ARM: machine with properties osName clientPublicKey vmId status',
  ]);
  const old = `${machineId(azure)}?api-version=2021-05-20`;
  assert.equal(code(await request(azure, 'PUT', old, body)), '400 NoRegisteredProviderFound');
  assert.deepEqual(azure.takeViolations(), [`ARM: api-version 2021-05-20 for ${machineId(azure)}`]);
  assert.deepEqual(azure.machines.all(), []);
});

test('ARM: no group, no provider, no right', async (t) => {
  const azure = await azureFor(t);
  const elsewhere = `${machineId(azure).replace('rg-edge', 'rg-other')}${version}`;
  assert.equal(code(await request(azure, 'PUT', elsewhere, body)), '404 ResourceGroupNotFound');
  azure.addResourceGroup('RG-Other');
  assert.equal(code(await request(azure, 'PUT', elsewhere, body)), '200 fine');
  azure.forbid('Microsoft.HybridCompute/machines/write');
  assert.equal(code(await put(azure)), '403 AuthorizationFailed');
  azure.setProvider('Microsoft.HybridCompute', 'NotRegistered');
  assert.equal(code(await put(azure)), '409 MissingSubscriptionRegistration');
});

test('ARM: a connection that is cut before or after the change', async (t) => {
  const azure = await azureFor(t);
  azure.cutBefore('PUT', /\/machines\/edge-01$/);
  await assert.rejects(put(azure), { code: 'ECONNRESET' });
  assert.equal(azure.machines.all().length, 0);
  azure.cutAfter('PUT', /\/machines\/edge-01$/);
  await assert.rejects(put(azure), { code: 'ECONNRESET' });
  assert.equal(azure.machines.all().length, 1);
  assert.equal(code(await put(azure)), '200 fine');
});

test('ARM: permissions, providers and the subscription', async (t) => {
  const azure = await azureFor(t);
  const [, , subscriptionId = ''] = azure.resourceId.split('/');
  azure.setPermissions([{ actions: ['*/read'], notActions: ['Microsoft.Key/*'] }]);
  azure.forbid('Microsoft.HybridCompute/machines/read');
  const entries: unknown[] = [];
  const { permissions } = authorization(azure);
  const cluster = ['rg-edge', 'Microsoft.ContainerService', '', 'managedClusters', 'aks1'] as const;
  for await (const entry of permissions.listForResource(...cluster)) entries.push(entry);
  for await (const entry of permissions.listForResourceGroup('rg-edge')) entries.push(entry);
  const entry = {
    actions: ['*/read'],
    notActions: ['Microsoft.Key/*', 'microsoft.hybridcompute/machines/read'],
    dataActions: [],
    notDataActions: [],
  };
  assert.deepEqual(entries, [entry, entry]);
  azure.setProvider('Microsoft.HybridCompute', 'Registering');
  const provider = `/subscriptions/${subscriptionId}/providers/Microsoft.HybridCompute`;
  assert.deepEqual((await request(azure, 'GET', `${provider}?api-version=2021-04-01`)).body, {
    id: provider,
    namespace: 'Microsoft.HybridCompute',
    resourceTypes: [],
    registrationState: 'Registering',
    registrationPolicy: 'RegistrationRequired',
  });
  azure.setSubscription({ state: 'Disabled' });
  const answer = await request(azure, 'GET', `/subscriptions/${subscriptionId}?api-version=2022-12-01`);
  const { displayName, state, tenantId } = answer.body as Record<string, string>;
  assert.deepEqual([displayName, state, tenantId], ['Edge', 'Disabled', azure.credentials.tenantId]);
});

async function his(azure: Azure, path: string, document: object, token?: string) {
  const bearer = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const headers = { 'content-type': 'application/json', ...bearer };
  const message = { method: 'POST', headers, body: JSON.stringify(document) };
  const answer = await send(azure, `${azure.hisEndpoint}${path}`, message);
  return { status: answer.slice(0, 3), body: JSON.parse(answer.slice(4)) as Record<string, string> };
}

test('HIS: a machine that was made connects with its key, and gets tokens', async (t) => {
  const azure = await azureFor(t);
  const resourceId = machineId(azure);
  const signed = signedAs(keys, resourceId);
  assert.equal((await his(azure, '/connect', signed)).status, '404');
  await put(azure);
  const [machine] = azure.machines.all();
  assert.equal((await his(azure, '/connect', signedAs(machineKeys(), resourceId))).status, '401');
  const old = signedAs(keys, resourceId, Date.now() / 1000 - 600);
  assert.equal((await his(azure, '/connect', old)).status, '401');
  const resource = '6dae42f8-4368-4678-94ff-3960e28e3630';
  assert.equal((await his(azure, '/token', { ...signed, resource })).status, '409');
  const { tenantId } = azure.credentials;
  assert.deepEqual(await his(azure, '/connect', signed), {
    status: '200',
    body: { resourceId, principalId: machine?.principalId, tenantId },
  });
  assert.equal(azure.machines.find(resourceId)?.status, 'Connected');
  const { status, body: token } = await his(azure, '/token', { ...signed, resource });
  assert.deepEqual([status, token['resource'], token['token_type']], ['200', resource, 'Bearer']);
  assert.match(token['expires_on'] ?? '', /^\d{10}$/);
  const claims = JSON.parse(
    Buffer.from(token['access_token']?.split('.')[1] ?? '', 'base64url').toString(),
  ) as Record<string, string>;
  assert.deepEqual([claims['oid'], claims['aud']], [machine?.principalId, resource]);
  const other = { ...signed, vmId: '6f2b8d2c-3e4f-4061-9b72-8c9d0e1f2a32' };
  assert.equal((await his(azure, '/connect', other)).status, '409');
  assert.deepEqual(azure.violations, []);
  assert.equal((await his(azure, '/connect', { ...signed, name: 'edge-01' })).status, '400');
  assert.equal((await his(azure, '/token', { ...signed, resource: 'x' })).status, '400');
  assert.equal((await his(azure, '/machines', {})).status, '404');
  assert.deepEqual(azure.takeViolations(), [
    'HIS: fields resourceId vmId timestamp signature name',
    'HIS: resource x',
    'HIS: POST /machines',
  ]);
});

test('HIS: a machine is made with a token of ARM', async (t) => {
  const azure = await azureFor(t);
  const { token } = await secretCredential(azure).getToken(azure.scope);
  const resourceId = machineId(azure);
  const { publicKey } = keys;
  const document = { resourceId, vmId, location: 'westeurope', tags: { site: 'north' }, publicKey };
  azure.forbid('Microsoft.HybridCompute/machines/write');
  assert.equal((await his(azure, '/connect', document, token)).status, '403');
  const free = await azureFor(t);
  const other = (await secretCredential(free).getToken(free.scope)).token;
  assert.equal((await his(free, '/connect', document, other)).status, '200');
  assert.deepEqual(
    free.machines.all().map(({ id, status, tags }) => [id, status, tags]),
    [[resourceId, 'Connected', { site: 'north' }]],
  );
  const stranger = { ...document, publicKey: machineKeys().publicKey };
  assert.equal((await his(free, '/connect', stranger, other)).status, '409');
  const aks = await secretCredential(free).getToken('6dae42f8-4368-4678-94ff-3960e28e3630/.default');
  assert.equal((await his(free, '/connect', document, aks.token)).status, '401');
  assert.equal(free.takeViolations().length, 1);
  assert.equal((await his(free, '/connect', { ...document, publicKey: 'x' }, other)).status, '400');
  assert.deepEqual(free.takeViolations(), ['HIS: fields resourceId vmId location tags publicKey']);
});
