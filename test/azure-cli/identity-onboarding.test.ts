import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { TestContext } from 'node:test';
import { machineId, machineKeys, vmId } from '../azure/machine.ts';
import { decode } from '../render/decode.ts';
import { identityPolicy } from '../../src/kubernetes/request-policy/index.ts';
import { bindForTokens, startApiServer } from './api-server.ts';
import { diagnostic, ended, operatorId, roleLine, subscription } from './identity-lines.ts';
import { assertNoSecret, identitySite } from './identity-site.ts';
import type { IdentitySite } from './identity-site.ts';

type Auth = Readonly<Record<string, unknown>>;

const byToken: Auth = { mode: 'arc', onboarding: 'access-token' };

const clientId = 'c4d1a2b3-6e5f-4789-8abc-1d2e3f405162';
const byPrincipal: Auth = {
  mode: 'arc',
  onboarding: 'service-principal',
  servicePrincipal: { clientId, secret: { env: 'SECRET' } },
};

const notYet = (onboarding: string) =>
  diagnostic(
    'machine edge-01 is not in Azure yet, so nothing can be granted to it',
    'once it has booted and registered itself: `flexgen identity apply`, then `flexgen cluster apply`',
    { line: 8, text: `    "onboarding": "${onboarding}"`, column: 19, length: onboarding.length + 2 },
    'warning',
  );

/** A cluster whose API server grants what all machines of Arc share. */
async function onboardingSite(t: TestContext, auth: Auth): Promise<IdentitySite> {
  const site = await identitySite(t, auth);
  const api = await startApiServer(t);
  bindForTokens(api);
  for (const policy of identityPolicy) api.place(policy);
  site.azure.setCluster({ server: api.url });
  return site;
}

/** The machine boots and registers itself. */
function register({ azure }: IdentitySite) {
  const clientPublicKey = machineKeys().publicKey;
  const parts = { location: 'westeurope', tags: {}, vmId, clientPublicKey };
  const machine = azure.machines.put(machineId(azure), parts);
  azure.machines.change(machine.id, { status: 'Connected' });
  return machine;
}

/** The settings by which the payload's agent connects the machine, once it is known that nothing else shows a secret. */
async function connectSettings(site: IdentitySite, env: Record<string, string>, stderr: string) {
  const payload = await site.run(['cloud-init', '-c', 'edge.yaml'], env);
  assert.deepEqual([payload.code, payload.stderr], [0, stderr]);
  assertNoSecret({ ...payload, stdout: '' }, [site.azure.credentials.secret]);
  const config = decode(payload.stdout)?.files.get('/var/lib/flexgen/azcmagent.json');
  return JSON.parse(config?.content ?? '{}') as Record<string, string>;
}

suite('a machine of Arc that registers itself with a token of the operator’s', () => {
  test('gets that token, and its role once it is there', async (t) => {
    const site = await onboardingSite(t, byToken);
    const warning = notYet('access-token');
    const nothing = ended(0, '', `${warning}arc: nothing can be done here yet\n`);
    assert.deepEqual(await site.identity('plan --check'), nothing);
    assert.deepEqual(await site.identity('apply'), nothing);
    const { 'access-token': token = '', ...settings } = await connectSettings(site, {}, warning);
    assert.deepEqual(settings, {
      'cloud': 'AzureCloud',
      'location': 'westeurope',
      'resource-group': 'rg-edge',
      'resource-name': 'edge-01',
      'subscription-id': subscription,
      'tenant-id': site.azure.credentials.tenantId,
    });
    const claims = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
    const { oid, aud } = JSON.parse(claims) as Record<string, unknown>;
    assert.deepEqual([oid, `${String(aud)}/.default`], [operatorId, site.azure.scope]);
    assert.deepEqual(site.writes(), []);

    const { principalId } = register(site);
    assert.deepEqual(await site.identity('apply'), ended(0, roleLine('+'), 'arc: 1 change made\n'));
    assert.deepEqual(
      site.azure.roleAssignments.map((assignment) => assignment.principalId),
      [principalId],
    );
    assert.deepEqual(await site.identity('apply'), ended(0, roleLine('='), 'arc: all is as it should be\n'));
    assert.deepEqual(site.writes(), ['PUT roleAssignments 201']);
    // It registered itself, and is not flexgen's to delete.
    assert.deepEqual(await site.identity('remove'), ended(0, roleLine('-'), 'arc: 1 change made\n'));
    assert.deepEqual(await site.identity('remove'), ended(0, '', 'arc: nothing of this identity is left\n'));
    assert.equal(site.azure.machines.all().length, 1);
  });

  test('has no secret in what is shown as JSON', async (t) => {
    const site = await onboardingSite(t, byToken);
    const { stdout } = await site.identity('apply --json');
    assert.deepEqual(JSON.parse(stdout), { mode: 'arc', objectId: null, changes: [] });
  });

  test('can’t be told beforehand where only it knows its name', async (t) => {
    const site = await onboardingSite(t, byToken);
    await site.as(byToken, { node: {} });
    const warning = diagnostic(
      'the machines of this payload have names that only they know, so nothing can be granted to them from here',
      'once one has registered itself: `flexgen identity apply` and `flexgen cluster apply` with a config whose `node.name` is its name',
      undefined,
      'warning',
    );
    assert.deepEqual(
      await site.identity('apply'),
      ended(0, '', `${warning}arc: nothing can be done here yet\n`),
    );
    assert.deepEqual(await site.identity('remove'), ended(0, '', 'arc: nothing of this identity is left\n'));
  });
});

suite('a machine of Arc that registers itself with a service principal', () => {
  test('gets its secret once that is known to be good', async (t) => {
    const site = await onboardingSite(t, byPrincipal);
    const { secret } = site.azure.credentials;
    const warning = diagnostic(
      'machine edge-01 is not in Azure yet, so nothing can be granted to it',
      'once it has booted and registered itself: `flexgen identity apply`, then `flexgen cluster apply`',
      { line: 8, text: '    "onboarding": "service-principal",', column: 19, length: 19 },
      'warning',
    );
    const settings = await connectSettings(site, { SECRET: secret }, warning);
    assert.equal(settings['service-principal-secret'], secret);
    assert.equal(settings['service-principal-id'], clientId);
    register(site);
    const made = ended(0, roleLine('+'), 'arc: 1 change made\n');
    assert.deepEqual(await site.identity('apply', { SECRET: secret }), made);
  });

  test('is not rendered with one that is wrong', async (t) => {
    const site = await onboardingSite(t, byPrincipal);
    const { code, stdout, stderr } = await site.run(['cloud-init', '-c', 'edge.yaml'], { SECRET: 'wrong' });
    const refusal = diagnostic(
      `the client secret of application ${clientId} is wrong (AADSTS7000215)`,
      'give the secret’s value, not its id; Entra shows the value only when it is made',
      { line: 9, text: '    "servicePrincipal": {', column: 25, length: 1 },
    );
    assert.deepEqual([code, stdout, stderr.slice(-refusal.length)], [4, '', refusal]);
    assert.deepEqual(site.writes(), []);
  });
});
