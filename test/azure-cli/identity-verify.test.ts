import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { TestContext } from 'node:test';
import { bindForTokens, startApiServer } from './api-server.ts';
import type { ApiServer } from './api-server.ts';
import { allLines, clusterId, diagnostic, ended, roleId, roleLine, roleName } from './identity-lines.ts';
import { identitySite } from './identity-site.ts';
import type { IdentitySite } from './identity-site.ts';

const clientId = 'c4d1a2b3-6e5f-4789-8abc-1d2e3f405162';
const objectId = '9a8b7c6d-5e4f-4031-a2b3-c4d5e6f70819';
const csr = 'system:certificates.k8s.io:certificatesigningrequests';
const user = { kind: 'User', name: objectId } as const;

async function verifySite(t: TestContext): Promise<IdentitySite & { readonly api: ApiServer }> {
  const site = await identitySite(t);
  const api = await startApiServer(t);
  bindForTokens(api);
  api.bind(`flexgen:node-bootstrapper:service-principal:${objectId}`, 'system:node-bootstrapper', user);
  api.bind(`flexgen:nodeclient:service-principal:${objectId}`, `${csr}:nodeclient`, user);
  const { azure } = site;
  azure.setCluster({ server: api.url });
  const { tenantId } = azure.credentials;
  await site.as({ mode: 'service-principal', clientId, tenantId, secret: { env: 'SECRET' } });
  return { ...site, api };
}

const agree = 'aks1: Azure and the cluster are as this config wants them\n';
const role = roleLine('+', `service principal ${clientId}`);

suite('identity verify', () => {
  test('names what differs, in Azure and in the cluster, and changes nothing', async (t) => {
    const site = await verifySite(t);
    const { azure, api } = site;
    const env = { SECRET: azure.credentials.secret };
    const verify = () => site.identity('verify', env);
    const one = 'aks1: 1 thing is not as wanted: `flexgen identity apply`\n';
    assert.deepEqual(await verify(), ended(5, role, one));
    const assigned = azure.assignRole({ scope: clusterId, principalId: objectId, roleId });
    assert.deepEqual(await verify(), ended(0, '', agree));
    azure.unassignRole(assigned.id);
    const name = `flexgen:nodeclient:service-principal:${objectId}`;
    api.bind(name, null, user);
    const binding = `+ clusterrolebinding ${name}  ${csr}:nodeclient → user ${objectId}\n`;
    const two = 'aks1: 2 things are not as wanted: `flexgen identity apply`, then `flexgen cluster apply`\n';
    assert.deepEqual(await verify(), ended(5, role + binding, two));
    assert.deepEqual(site.writes(), []);
    assert.ok(api.requests.every((request) => request.startsWith('GET ')));
  });

  test('says it as JSON', async (t) => {
    const site = await verifySite(t);
    const env = { SECRET: site.azure.credentials.secret };
    const { code, stdout } = await site.identity('verify --json', env);
    assert.equal(code, 5);
    assert.deepEqual(JSON.parse(stdout), {
      mode: 'service-principal',
      objectId,
      changes: [
        {
          action: 'create',
          kind: 'role assignment',
          name: roleName,
          detail: `service principal ${clientId} on aks1`,
        },
      ],
      cluster: [],
    });
  });

  test('of a machine that is yet to be made, names all', async (t) => {
    const site = await verifySite(t);
    await site.as({ mode: 'arc' });
    const binding = (name: string, granted: string) =>
      `+ clusterrolebinding flexgen:${name}:arc:<new>  ${granted} → user <new>\n`;
    const lines =
      allLines('+') +
      binding('node-bootstrapper', 'system:node-bootstrapper') +
      binding('nodeclient', `${csr}:nodeclient`) +
      ['', 'binding'].map((of) => `+ validatingadmissionpolicy${of} flexgen-identity-of-one-node\n`).join('');
    const seven =
      'aks1: 7 things are not as wanted: `flexgen identity apply`, then `flexgen cluster apply`\n';
    assert.deepEqual(await site.identity('verify'), ended(5, lines, seven));
  });

  test('is refused where Azure, Entra or the cluster refuses', async (t) => {
    const site = await verifySite(t);
    const { azure, api } = site;
    const wrong = diagnostic(
      `the client secret of application ${clientId} is wrong (AADSTS7000215)`,
      'give the secret’s value, not its id; Entra shows the value only when it is made',
    );
    assert.deepEqual(await site.identity('verify', { SECRET: 'wrong' }), ended(4, '', wrong));
    const env = { SECRET: azure.credentials.secret };
    api.forbid();
    const { code, stdout, stderr } = await site.identity('verify', env);
    assert.deepEqual([code, stdout], [4, '']);
    assert.match(stderr, /^error: .* clusterrolebindings .*\(403\)/);
    azure.commandLines.signIn(false);
    const signedOut = await site.identity('verify', env);
    assert.deepEqual([signedOut.code, signedOut.stdout], [4, '']);
    assert.match(signedOut.stderr, /^error: nobody is signed in to Azure\n/);
  });
});
