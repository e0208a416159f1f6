import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import type { ManagedCluster } from '@azure/arm-containerservice';
import { load } from 'js-yaml';
import { managedClusters, refusal, secretCredential } from './clients.ts';
import { azureFor } from './fixture.ts';
import { send } from './send.ts';
import type { Azure } from './server/azure.ts';

const read = (azure: Azure) => managedClusters(azure).get('rg-edge', 'aks1');

test('ARM: a cluster as the SDK reads it', async (t) => {
  const azure = await azureFor(t);
  const cluster: ManagedCluster = await read(azure);
  const { networkProfile, aadProfile, provisioningState, powerState } = cluster;
  assert.equal(cluster.id, azure.resourceId);
  assert.deepEqual([provisioningState, powerState?.code], ['Succeeded', 'Running']);
  assert.deepEqual([cluster.currentKubernetesVersion, cluster.enableRbac], ['1.36.4', true]);
  assert.equal(cluster.fqdn, 'aks1-dns-x1y2z3w4.hcp.westeurope.azmk8s.io');
  assert.equal(networkProfile?.networkPluginMode, 'overlay');
  assert.deepEqual(networkProfile.podCidrs, ['10.244.0.0/16']);
  assert.deepEqual(networkProfile.serviceCidrs, ['10.0.0.0/16']);
  assert.equal(networkProfile.dnsServiceIP, '10.0.0.10');
  assert.equal(aadProfile?.tenantID, azure.credentials.tenantId);
  assert.equal(aadProfile.enableAzureRbac, false);
  assert.equal(cluster.apiServerAccessProfile, undefined);
});

test('ARM: a private cluster behind a proxy, with a network of its own', async (t) => {
  const azure = await azureFor(t);
  azure.setCluster({
    provisioningState: 'Updating',
    powerState: 'Stopped',
    fqdn: null,
    privateCluster: true,
    networkPlugin: 'none',
    networkPluginMode: null,
    networkDataplane: null,
    podCidrs: null,
    aadProfile: { managed: true, enableAzureRBAC: true },
    httpProxyConfig: { httpProxy: 'http://proxy.example:3128', noProxy: ['.example'] },
    customCATrustCertificates: ['PEM'],
  });
  const cluster: ManagedCluster = await read(azure);
  const privateFqdn = 'aks1-dns-x1y2z3w4.0f1e2d3c.privatelink.westeurope.azmk8s.io';
  assert.deepEqual([cluster.provisioningState, cluster.powerState?.code], ['Updating', 'Stopped']);
  assert.deepEqual([cluster.fqdn, cluster.privateFqdn], [undefined, privateFqdn]);
  assert.equal(cluster.apiServerAccessProfile?.enablePrivateCluster, true);
  assert.equal(cluster.apiServerAccessProfile.enablePrivateClusterPublicFqdn, false);
  assert.equal(cluster.networkProfile?.networkPlugin, 'none');
  assert.equal(cluster.networkProfile.podCidrs, undefined);
  assert.equal(cluster.aadProfile?.enableAzureRbac, true);
  assert.equal(cluster.httpProxyConfig?.httpProxy, 'http://proxy.example:3128');
  assert.deepEqual(cluster.httpProxyConfig.noProxy, ['.example']);
  const [certificate] = cluster.securityProfile?.customCATrustCertificates ?? [];
  assert.equal(Buffer.from(certificate ?? []).toString(), 'PEM');
  const { server } = await kubeconfig(azure);
  assert.equal(server, `https://${privateFqdn}:443`);
});

test('ARM: the user kubeconfig is there without local accounts, the admin one is not', async (t) => {
  const azure = await azureFor(t);
  const admin = () => managedClusters(azure).listClusterAdminCredentials('rg-edge', 'aks1');
  assert.equal((await admin()).kubeconfigs?.[0]?.name, 'clusterAdmin');
  azure.disableLocalAccounts(true);
  const words =
    '400 BadRequest: Getting static credential is not allowed because this cluster is set to disable local accounts.';
  assert.equal(await refusal(admin()), words);
  const { server, ca, user } = await kubeconfig(azure);
  assert.equal(server, 'https://aks1-dns-x1y2z3w4.hcp.westeurope.azmk8s.io:443');
  assert.equal(ca, azure.clusterCaPem);
  assert.equal(new X509Certificate(ca).ca, true);
  assert.deepEqual(user, ['exec']);
});

test('ARM: a cluster without Entra has a certificate in its user kubeconfig, one with it has a plug-in', async (t) => {
  const azure = await azureFor(t);
  assert.deepEqual((await kubeconfig(azure, 'azure')).user, ['auth-provider']);
  azure.setCluster({ aadProfile: null });
  assert.equal((await read(azure)).aadProfile, undefined);
  assert.deepEqual((await kubeconfig(azure)).user, ['client-certificate-data', 'client-key-data', 'token']);
});

test('ARM: what a cluster can be upgraded to', async (t) => {
  const azure = await azureFor(t);
  const { controlPlaneProfile } = await managedClusters(azure).getUpgradeProfile('rg-edge', 'aks1');
  assert.equal(controlPlaneProfile?.kubernetesVersion, '1.36.4');
  assert.deepEqual(
    controlPlaneProfile.upgrades?.map(({ kubernetesVersion }) => kubernetesVersion),
    ['1.36.5'],
  );
});

test('ARM: names are the same in any case', async (t) => {
  const azure = await azureFor(t);
  assert.equal((await managedClusters(azure).get('RG-Edge', 'AKS1')).name, 'aks1');
});

test('ARM: what is not there, and what nobody may do', async (t) => {
  const azure = await azureFor(t);
  const message = async () => (await refusal(read(azure))).replace(/For more.*|Please use.*/, '…');
  azure.removeCluster();
  assert.equal(
    await message(),
    "404 ResourceNotFound: The Resource 'Microsoft.ContainerService/managedClusters/aks1' under resource group 'rg-edge' was not found. …",
  );
  azure.removeCluster('resourceGroup');
  assert.equal(await message(), "404 ResourceGroupNotFound: Resource group 'rg-edge' could not be found.");
  azure.forbid('Microsoft.ContainerService/managedClusters/read');
  assert.equal(
    await message(),
    `403 AuthorizationFailed: The client '${azure.credentials.clientId}' with object id ` +
      "'9a8b7c6d-5e4f-4031-a2b3-c4d5e6f70819' does not have authorization to perform action " +
      `'Microsoft.ContainerService/managedClusters/read' over scope '${azure.resourceId}' or the scope is invalid. ` +
      'If access was recently granted, please refresh your credentials.',
  );
  azure.forbid('Microsoft.ContainerService/managedClusters/listClusterUserCredential/action');
  assert.match(
    await refusal(kubeconfig(azure)),
    new RegExp(`/listClusterUserCredential/action' over scope '${azure.resourceId}' or`),
  );
  azure.hideSubscription('otherTenant');
  assert.match(
    await message(),
    /^401 InvalidAuthenticationTokenTenant: The access token is from the wrong issuer/,
  );
  azure.hideSubscription('notFound');
  const [, , subscriptionId] = azure.resourceId.split('/');
  assert.equal(
    await message(),
    `404 SubscriptionNotFound: The subscription '${subscriptionId}' could not be found.`,
  );
});

test('ARM: throttling and failures last as long as they were told to', async (t) => {
  const azure = await azureFor(t);
  azure.throttle(1, null);
  assert.match(await refusal(read(azure)), /^429 SubscriptionRequestsThrottled: /);
  azure.failNext(1, 500, 'InternalServerError');
  assert.equal(
    await refusal(read(azure)),
    '500 InternalServerError: The request failed: InternalServerError.',
  );
  assert.equal((await read(azure)).name, 'aks1');
  const statuses = azure.requests.filter(({ apiVersion }) => apiVersion !== null).map(({ status }) => status);
  assert.deepEqual(statuses, [429, 500, 200]);
});

test('ARM: a throttled request that says when to come back succeeds on the retry', async (t) => {
  const azure = await azureFor(t);
  azure.throttle(1, 0);
  assert.equal((await managedClusters(azure, { maxRetries: 1 }).get('rg-edge', 'aks1')).name, 'aks1');
});

test('ARM: a token for the public cloud is none for another one', async (t) => {
  const azure = await azureFor(t, { cloud: 'us-government' });
  const scope = 'https://management.azure.com/.default';
  const wrong = managedClusters(azure, { scope }).get('rg-edge', 'aks1');
  assert.match(await refusal(wrong), /^401 InvalidAuthenticationTokenAudience: /);
  assert.deepEqual(azure.takeViolations(), [
    'ARM: a token for https://management.azure.com, not for https://management.usgovcloudapi.net',
  ]);
  assert.equal((await read(azure)).name, 'aks1');
});

test('ARM: what no correct client sends is a violation', async (t) => {
  const azure = await azureFor(t);
  const clusters = (apiVersion: string) => managedClusters(azure, { apiVersion });
  assert.match(
    await refusal(clusters('2025-10-01').get('rg-edge', 'aks1')),
    /^400 NoRegisteredProviderFound: No registered resource provider found for API version '2025-10-01'/,
  );
  assert.match(
    await refusal(managedClusters(azure).getAccessProfile('rg-edge', 'aks1', 'clusterUser')),
    /^404 InvalidResourceType: /,
  );
  const made = { token: 'e30.e30.e30', expiresOnTimestamp: Date.now() + 3_600_000 };
  assert.match(
    await refusal(managedClusters(azure, { token: made }).get('rg-edge', 'aks1')),
    /^401 InvalidAuthenticationToken: /,
  );
  const wrongFormat = managedClusters(azure).listClusterUserCredentials('rg-edge', 'aks1', {
    format: 'yaml',
  });
  assert.match(await refusal(wrongFormat), /^400 InvalidParameter: /);
  assert.deepEqual(azure.takeViolations(), [
    `ARM: api-version 2025-10-01 for ${azure.resourceId}`,
    `ARM: POST ${azure.resourceId}/accessProfiles/clusterUser/listCredential`,
    'ARM: a token that was not issued',
    `ARM: parameter format for ${azure.resourceId}/listClusterUserCredential`,
  ]);
});

test('ARM: a request without a token, or with a body of another type, is a violation', async (t) => {
  const azure = await azureFor(t);
  const url = `${azure.endpoint}${azure.resourceId}?api-version=2026-04-01`;
  assert.match(await send(azure, url), /^401 {"error":{"code":"AuthenticationFailed",/);
  const { token } = await secretCredential(azure).getToken(azure.scope);
  const headers = { 'authorization': `Bearer ${token}`, 'content-type': 'text/plain' };
  const list = url.replace('?', '/listClusterUserCredential?');
  assert.match(
    await send(azure, list, { method: 'POST', headers, body: 'x' }),
    /^415 {"error":{"code":"UnsupportedMediaType",/,
  );
  assert.match(await send(azure, url, { headers, method: 'DELETE' }), /^404 {"error":/);
  assert.deepEqual(azure.takeViolations(), [
    'ARM: no Authorization header',
    'ARM: content type text/plain',
    `ARM: DELETE ${azure.resourceId}`,
  ]);
});

test('ARM: a token past its end is refused', async (t) => {
  const azure = await azureFor(t, { expiresIn: 0 });
  const token = await secretCredential(azure).getToken(azure.scope);
  const forever = { ...token, expiresOnTimestamp: Date.now() + 3_600_000 };
  assert.match(
    await refusal(managedClusters(azure, { token: forever }).get('rg-edge', 'aks1')),
    /^401 ExpiredAuthenticationToken: /,
  );
});

/** Server, authority and kind of user of the user kubeconfig. */
async function kubeconfig(
  azure: Azure,
  format: 'exec' | 'azure' = 'exec',
): Promise<{ server: string; ca: string; user: string[] }> {
  const { kubeconfigs } = await managedClusters(azure).listClusterUserCredentials('rg-edge', 'aks1', {
    format,
  });
  const [file] = kubeconfigs ?? [];
  const document = load(Buffer.from(file?.value ?? []).toString()) as {
    clusters: [{ cluster: { 'server': string; 'certificate-authority-data': string } }];
    users: [{ user: object }];
  };
  const { cluster } = document.clusters[0];
  return {
    server: cluster.server,
    ca: atob(cluster['certificate-authority-data']),
    user: Object.keys(document.users[0].user),
  };
}
