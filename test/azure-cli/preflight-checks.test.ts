import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { application } from '../azure/server/applications.ts';
import { startGate } from './gate.ts';
import { subscription } from './identity-lines.ts';
import { command, preflightSite, told, utf8 } from './preflight-site.ts';
import type { Site } from './preflight-site.ts';
import { secretEnv } from './support.ts';

const { objectId } = application;

/** A service principal whose tokens the local Entra gives, without its proof. */
function principalOf({ azure }: Site): object {
  const { clientId, tenantId } = azure.credentials;
  const authority = { authority: azure.authorityHost, authorityCa: { file: azure.caFile } };
  return { mode: 'service-principal', clientId, tenantId, ...authority };
}

test('a subscription that is not seen, of another tenant, or closed', async (t) => {
  const site = await preflightSite(t);
  const names = ['subscription', 'cluster'];
  site.azure.setSubscription({ state: 'Disabled' });
  assert.deepEqual(await told(site, names), [
    `✗ subscription  Edge (${subscription}) is disabled`,
    '? cluster       not known: it needs `subscription`',
  ]);
  site.azure.hideSubscription('notFound');
  assert.deepEqual(await told(site, names, secretEnv(site.azure)), [
    `✗ subscription  there is no subscription ${subscription}, or who is signed in may not see it`,
    '? cluster       not known: it needs `subscription`',
  ]);
});

test('the machine’s downloads are asked for four at a time', async (t) => {
  const site = await preflightSite(t);
  const mirror = `https://127.0.0.1:${await startGate(t, Number(new URL(site.mirror.url).port), 4)}`;
  await site.configure({ artifacts: { ...site.artifacts, mirror }, node: { name: 'edge-01', arch: 'auto' } });
  assert.deepEqual(await told(site, ['artifacts']), [
    `✓ artifacts     14 downloads are there on ${mirror}, each with its sha256`,
  ]);
  assert.ok(site.mirror.together() <= 4);
});

test('a mirror that is not there, or is another', async (t) => {
  const site = await preflightSite(t);
  await site.configure({ artifacts: { mirror: 'https://127.0.0.1:1' } });
  assert.deepEqual(await told(site, ['artifacts']), [
    '✗ artifacts     7 of 7 downloads can’t be had on https://127.0.0.1:1',
    '✗ artifacts     all: 127.0.0.1:1: nothing listens there',
  ]);
  await site.configure({ artifacts: { mirror: site.mirror.url } });
  const [, why] = await told(site, ['artifacts']);
  const { host } = new URL(site.mirror.url);
  assert.equal(
    why,
    `✗ artifacts     all: ${host}: its certificate is not signed by an authority that is trusted here`,
  );
});

test('an API server that can’t be reached', async (t) => {
  const site = await preflightSite(t);
  const names = ['api-server', 'identity'];
  const identity = '? identity      not known: it needs `api-server`';
  site.azure.setCluster({ server: 'https://127.0.0.1:1' });
  assert.deepEqual(await told(site, names), [
    '✗ api-server    can’t use the API server at https://127.0.0.1:1: nothing listens there',
    identity,
  ]);
  site.azure.setCluster({ server: site.mirror.url });
  assert.deepEqual(await told(site, names), [
    `✗ api-server    can’t use the API server at ${site.mirror.url}: its certificate is not signed by the config’s \`cluster.ca\``,
    identity,
  ]);
  site.azure.setCluster({ server: 'https://aks1.privatelink.invalid:443', privateCluster: true, fqdn: null });
  const { code, stdout, stderr } = await site.run(command, utf8);
  assert.equal(code, 5);
  assert.match(
    stdout,
    /^✗ api-server {4}can’t use the API server at \S+: its name (?:is unknown here|can’t be looked up)\n.*\n +fix: the cluster is private: only its own network knows its name and the way to it; /m,
  );
  assert.match(stderr, /^warning: the cluster is private: its API server has no public address\n/);
});

test('what the machine joins with', async (t) => {
  const site = await preflightSite(t);
  const { clientId, secret, certificate } = site.azure.credentials;
  const principal = principalOf(site);
  await writeFile(join(site.dir, 'secret'), secret);
  await writeFile(join(site.dir, 'wrong'), 'wr0ng~secret');
  await writeFile(join(site.dir, 'old-token'), 'abcdef.fedcba9876543210');
  const good = `✓ identity      service principal ${clientId} signs in, object id ${objectId}`;
  const ways: readonly (readonly [object, string])[] = [
    [{ ...principal, secret: { file: 'secret' } }, good],
    [{ ...principal, certificate: { file: certificate.pairFile }, objectId }, good],
    [
      { ...principal, secret: { file: 'wrong' } },
      `✗ identity      the client secret of application ${clientId} is wrong (AADSTS7000215)`,
    ],
    [
      { ...principal, secret: { file: 'secret' }, objectId: clientId },
      `✗ identity      service principal ${clientId} has the object id ${objectId}, not ${clientId}`,
    ],
    [
      { ...principal, federated: { file: '/var/run/token' } },
      '? identity      not to be known here: only the machine has the token in /var/run/token',
    ],
    [
      { mode: 'managed-identity' },
      '? identity      not to be known here: only the machine can ask its metadata service',
    ],
    [
      {
        mode: 'arc',
        onboarding: 'service-principal',
        servicePrincipal: { clientId, secret: { file: 'secret' } },
      },
      good,
    ],
    [
      { mode: 'arc', onboarding: 'access-token' },
      '✓ identity      the machine registers itself with a token of who is signed in',
    ],
    [
      { mode: 'bootstrap-token', ttl: '1h' },
      '✓ identity      flexgen makes a token in the cluster when it renders',
    ],
    [
      { mode: 'bootstrap-token', token: { file: 'old-token' } },
      '✗ identity      the API server does not know the bootstrap token',
    ],
  ];
  for (const [auth, expected] of ways) {
    await site.configure({ auth });
    assert.deepEqual(await told(site, ['identity']), [expected], JSON.stringify(auth));
  }
  // What only the machine knows is no failure.
  await site.configure({ auth: { mode: 'managed-identity' } });
  const { code, stderr } = await site.run(command);
  assert.deepEqual([code, stderr], [0, 'edge.yaml: nothing stands in the way, 2 not known\n']);
});

test('what the cluster grants', async (t) => {
  const site = await preflightSite(t);
  const { api } = site;
  const gone = 'flexgen:nodeclient:bootstrap-token';
  api.bind(gone, null, { kind: 'Group', name: '' });
  // The token is given, so that nothing but `cluster apply` makes what is missing.
  assert.deepEqual(await told(site, ['bindings']), [
    `✗ bindings      1 of 3 are missing: clusterrolebinding ${gone}`,
  ]);
  const { stdout } = await site.run(command, utf8);
  assert.match(stdout, /^ +fix: `flexgen cluster apply --config edge\.yaml`$/m);
  await site.configure({ auth: { mode: 'bootstrap-token' } });
  assert.deepEqual(await told(site, ['bindings']), [
    '✓ bindings      3 of 5 are still to be made: `flexgen cloud-init` makes them',
  ]);
  await site.configure({ auth: { mode: 'arc' } });
  assert.deepEqual(await told(site, ['identity', 'bindings']), [
    '✓ identity      machine edge-01 (resource group rg-edge, westeurope) can be registered',
    '✓ bindings      4 of 5 are still to be made: `flexgen cloud-init` makes them',
  ]);
  await site.configure({ auth: { mode: 'managed-identity' } });
  assert.deepEqual(await told(site, ['bindings']), [
    '? bindings      not known: the cluster can’t be told of this identity: its object id is not known',
  ]);
  // With a facts file nothing is set up, so that it has to be there.
  const { clientId, secret } = site.azure.credentials;
  await writeFile(join(site.dir, 'secret'), secret);
  assert.equal((await site.run(['facts', '-c', 'edge.yaml', '-o', 'aks1.facts.yaml'])).code, 0);
  const auth = { ...principalOf(site), secret: { file: 'secret' }, objectId };
  await site.configure({ auth, cluster: { facts: 'aks1.facts.yaml' } });
  assert.deepEqual(await told(site, ['sign-in', 'permissions', 'identity', 'bindings']), [
    `✓ identity    service principal ${clientId} signs in, object id ${objectId}`,
    `✗ bindings    2 of 3 are missing: clusterrolebinding flexgen:node-bootstrapper:service-principal:${objectId}, clusterrolebinding flexgen:nodeclient:service-principal:${objectId}`,
  ]);
  api.forbid();
  await site.configure();
  const [refused = ''] = await told(site, ['bindings']);
  assert.match(refused, /^✗ bindings {6}\S/);
  // Only looked at.
  assert.deepEqual(new Set(api.requests.map((line) => line.split(' ')[0])), new Set(['GET']));
  assert.deepEqual(
    site.azure.requests.filter(({ method }) => method === 'PUT'),
    [],
  );
});
