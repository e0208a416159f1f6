import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { AzureCliCredential, AzureDeveloperCliCredential, ManagedIdentityCredential } from '@azure/identity';
import type { TokenCredential } from '@azure/identity';
import { run } from '../rig/services/run.ts';
import { managedClusters } from './clients.ts';
import { azureFor } from './fixture.ts';
import { send } from './send.ts';
import type { Azure } from './server/azure.ts';

/** Sets a variable of the environment, which is how the SDK is told of these, until the test's end. */
function setFor(t: TestContext, name: string, value: string): void {
  const before = process.env[name];
  process.env[name] = value;
  t.after(() => {
    if (before === undefined) delete process.env[name];
    else process.env[name] = before;
  });
}

async function readsCluster(azure: Azure, credential: TokenCredential): Promise<void> {
  const token = await credential.getToken(azure.scope);
  assert.ok(token);
  assert.equal((await managedClusters(azure, { token }).get('rg-edge', 'aks1')).name, 'aks1');
}

test('IMDS: the identities of the machine, by any of their names, and no other', async (t) => {
  const azure = await azureFor(t);
  setFor(t, 'AZURE_POD_IDENTITY_AUTHORITY_HOST', azure.imdsEndpoint);
  const { clientId, objectId, resourceId } = azure.credentials.managedIdentity;
  const retryOptions = { maxRetries: 0 };
  // First what is refused: the SDK keeps what it was given for as long as the process lives.
  azure.setManagedIdentity(false);
  const none = new ManagedIdentityCredential({ retryOptions });
  await assert.rejects(none.getToken(azure.scope), /Identity not found/);
  azure.setManagedIdentity(true);
  const other = new ManagedIdentityCredential({ clientId: azure.credentials.clientId, retryOptions });
  await assert.rejects(other.getToken(azure.scope), /Identity not found/);
  for (const name of [{}, { clientId }, { objectId }, { resourceId }])
    await readsCluster(azure, new ManagedIdentityCredential({ ...name, retryOptions }));
});

test('IMDS: what no correct client sends is a violation', async (t) => {
  const azure = await azureFor(t);
  const url = `${azure.imdsEndpoint}/metadata/identity/oauth2/token?resource=https://management.azure.com`;
  const headers = { metadata: 'true' };
  const version = '&api-version=2018-02-01';
  assert.match(await send(azure, url + version), /^400 .*Required metadata header not specified/);
  assert.match(await send(azure, url, { headers }), /^400 .*bad_request_102/);
  const forwarded = { ...headers, 'x-forwarded-for': '10.0.0.1' };
  assert.match(await send(azure, url + version, { headers: forwarded }), /^400 /);
  assert.match(await send(azure, `${url}/x${version}`, { headers }), /^400 .*AADSTS500011/);
  const { clientId, objectId } = azure.credentials.managedIdentity;
  const twice = `${url}${version}&client_id=${clientId}&object_id=${objectId}`;
  assert.match(await send(azure, twice, { headers }), /^400 .*Only one identity/);
  assert.match(await send(azure, `${azure.imdsEndpoint}/metadata/instance`, { headers }), /^404 /);
  assert.match(await send(azure, url + version, { headers }), /^200 .*"expires_in":"3599"/);
  assert.deepEqual(azure.takeViolations(), [
    'IMDS: no Metadata header',
    'IMDS: api-version',
    'IMDS: through a proxy',
    'IMDS: resource https://management.azure.com/x',
    'IMDS: two names of an identity',
    'IMDS: GET /metadata/instance',
  ]);
});

test('az and azd: a user who is signed in reads the cluster', async (t) => {
  const azure = await azureFor(t);
  const { tenantId } = azure.credentials;
  setFor(t, 'PATH', `${azure.commandLines.dir}:/usr/bin:/bin`);
  await readsCluster(azure, new AzureCliCredential());
  await readsCluster(azure, new AzureCliCredential({ tenantId }));
  const [, , subscription = ''] = azure.resourceId.split('/');
  await readsCluster(azure, new AzureCliCredential({ subscription }));
  await readsCluster(azure, new AzureDeveloperCliCredential({ tenantId }));
  assert.deepEqual(azure.commandLines.runs, [
    'az account get-access-token --output json --resource https://management.azure.com',
    `az account get-access-token --output json --resource https://management.azure.com --tenant ${tenantId}`,
    `az account get-access-token --output json --resource https://management.azure.com --subscription ${subscription}`,
    `azd auth token --output json --no-prompt --scope https://management.azure.com/.default --tenant-id ${tenantId}`,
  ]);
});

test('az and azd: nobody signed in, and a tenant or subscription that is not there', async (t) => {
  const azure = await azureFor(t);
  setFor(t, 'PATH', `${azure.commandLines.dir}:/usr/bin:/bin`);
  const other = { tenantId: '7b8c9d0e-1f20-4a31-b2c3-d4e5f6071829' };
  await assert.rejects(new AzureCliCredential(other).getToken(azure.scope), /AADSTS90002/);
  await assert.rejects(new AzureDeveloperCliCredential(other).getToken(azure.scope), /AADSTS90002/);
  const strange = new AzureCliCredential({ subscription: other.tenantId });
  await assert.rejects(strange.getToken(azure.scope), /Subscription '7b8c9d0e.*' not found/);
  azure.commandLines.signIn(false);
  await assert.rejects(new AzureCliCredential().getToken(azure.scope), /Please run 'az login'/);
  await assert.rejects(new AzureDeveloperCliCredential().getToken(azure.scope), /run 'azd auth login'/);
});

test('az and azd: a resource of another cloud is a violation', async (t) => {
  const azure = await azureFor(t, { cloud: 'china' });
  setFor(t, 'PATH', `${azure.commandLines.dir}:/usr/bin:/bin`);
  const wrong = 'https://management.azure.com/.default';
  await assert.rejects(new AzureCliCredential().getToken(wrong), /AADSTS500011/);
  assert.deepEqual(azure.takeViolations(), ['az: resource https://management.azure.com']);
  await readsCluster(azure, new AzureCliCredential());
});

test('az and azd: arguments that the real ones would not take are a violation', async (t) => {
  const azure = await azureFor(t);
  const { tenantId } = azure.credentials;
  const wrong = [
    'az account get-access-token --resource https://management.azure.com',
    'az account get-access-token --output json --scope https://management.azure.com/.default',
    `az account get-access-token --output json --resource https://management.azure.com --tenant ${tenantId} --subscription x`,
    'az account get-access-token --output json --output json --resource https://management.azure.com',
    'az account get-access-token --output json --resource https://management.azure.com --query accessToken',
    'az account show --output json',
    'azd auth token --output json --scope https://management.azure.com/.default',
    'azd auth token --output json --no-prompt --scope https://management.azure.com',
    'azd auth token --output json --no-prompt --resource https://management.azure.com/.default',
  ];
  for (const line of wrong) {
    const [program = '', ...args] = line.split(' ');
    const refused = run(join(azure.commandLines.dir, program), args);
    await assert.rejects(refused, /exit code 2\nERROR: unrecognized arguments$/);
  }
  assert.deepEqual(
    azure.takeViolations(),
    wrong.map((line) => line.replace(' ', ': arguments ')),
  );
});
