import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { TestContext } from 'node:test';
import { clusterId, diagnostic, ended, roleId, roleLine, roleName } from './identity-lines.ts';
import { identitySite } from './identity-site.ts';
import type { IdentitySite } from './identity-site.ts';

type Auth = Readonly<Record<string, unknown>>;

interface PrincipalSite extends IdentitySite {
  /** The config's service principal, with these parts. */
  principal(parts: Auth): Promise<void>;
  readonly env: Readonly<Record<string, string>>;
}

async function principalSite(t: TestContext): Promise<PrincipalSite> {
  const site = await identitySite(t);
  const { clientId, tenantId, secret } = site.azure.credentials;
  const principal = (parts: Auth) => site.as({ mode: 'service-principal', clientId, tenantId, ...parts });
  return { ...site, principal, env: { SECRET: secret } };
}

const clientId = 'c4d1a2b3-6e5f-4789-8abc-1d2e3f405162';
const objectId = '9a8b7c6d-5e4f-4031-a2b3-c4d5e6f70819';
const signsIn = `= service principal ${clientId}  signs in, object id ${objectId}\n`;
const role = (mark: Parameters<typeof roleLine>[0]) => roleLine(mark, `service principal ${clientId}`);
const secret = { secret: { env: 'SECRET' } };
const federated = { federated: { file: '/run/token' } };
const unchanged = 'service-principal: all is as it should be\n';
const made = 'service-principal: 1 change made\n';
const planned = 'service-principal: 1 change to make: `flexgen identity apply`\n';

const proofs: Readonly<Record<string, (site: IdentitySite) => Auth>> = {
  'a secret': () => secret,
  'a certificate': ({ azure }) => ({ certificate: { file: azure.credentials.certificate.pairFile } }),
  'a federated token, of which only the node knows': () => ({ ...federated, objectId }),
};

suite('a service principal gets its role', () => {
  for (const [name, proof] of Object.entries(proofs)) {
    test(`with ${name}`, async (t) => {
      const site = await principalSite(t);
      await site.principal(proof(site));
      const run = (args: string) => site.identity(args, site.env);
      const known = name.startsWith('a federated') ? '' : signsIn;
      assert.deepEqual(await run('plan --check'), ended(5, known + role('+'), planned));
      assert.deepEqual(site.writes(), []);
      assert.deepEqual(await run('apply'), ended(0, known + role('+'), made));
      assert.deepEqual(
        site.azure.roleAssignments.map((one) => [
          one.scope,
          one.principalId,
          one.roleDefinitionId.split('/').at(-1),
        ]),
        [[clusterId, objectId, roleId]],
      );
      assert.deepEqual(await run('apply'), ended(0, known + role('='), unchanged));
      assert.deepEqual(await run('plan --check'), ended(0, known + role('='), unchanged));
      assert.deepEqual(site.writes(), ['PUT roleAssignments 201']);
      assert.deepEqual(await run('remove'), ended(0, role('-'), made));
      assert.deepEqual(
        await run('remove'),
        ended(0, '', 'service-principal: nothing of this identity is left\n'),
      );
      assert.deepEqual(site.azure.roleAssignments, []);
    });
  }

  test('as JSON, too', async (t) => {
    const site = await principalSite(t);
    await site.principal(secret);
    const { code, stdout, stderr } = await site.identity('apply --json', site.env);
    assert.deepEqual([code, stderr], [0, '']);
    assert.deepEqual(JSON.parse(stdout), {
      mode: 'service-principal',
      objectId,
      changes: [
        {
          action: 'keep',
          kind: 'service principal',
          name: clientId,
          detail: `signs in, object id ${objectId}`,
        },
        {
          action: 'create',
          kind: 'role assignment',
          name: roleName,
          detail: `service principal ${clientId} on aks1`,
        },
      ],
    });
  });

  test('of which one that somebody else assigned stays', async (t) => {
    const site = await principalSite(t);
    await site.principal(secret);
    const theirs = site.azure.assignRole({ scope: clusterId, principalId: objectId, roleId });
    assert.deepEqual(await site.identity('apply', site.env), ended(0, signsIn + role('='), unchanged));
    assert.equal((await site.identity('remove', site.env)).stdout, '');
    assert.deepEqual([site.writes(), site.azure.roleAssignments], [[], [theirs]]);
  });
});

test('a federated token alone does not say whose it is', async (t) => {
  const site = await principalSite(t);
  await site.principal(federated);
  const warning = diagnostic(
    'who this service principal is to the cluster is not known: only the node can sign in as it',
    `add \`objectId: GUID\`; \`az ad sp show --id ${clientId} --query id -o tsv\` prints it`,
    undefined,
    'warning',
  );
  const nothing = ended(0, '', `${warning}service-principal: nothing can be done here yet\n`);
  assert.deepEqual(await site.identity('plan'), nothing);
  assert.deepEqual(await site.identity('apply'), nothing);
  assert.deepEqual(
    await site.identity('remove'),
    ended(0, '', `${warning}service-principal: nothing was taken back\n`),
  );
  assert.deepEqual(site.writes(), []);
});

test('the role of one that can’t sign in any more is taken back where the config says who it is', async (t) => {
  const site = await principalSite(t);
  await site.principal(secret);
  await site.identity('apply', site.env);
  site.azure.expireSecret();
  const hint = `\`az ad app credential reset --id ${clientId}\` makes a new one`;
  const expired = `the client secret of application ${clientId} has expired (AADSTS7000222)`;
  assert.deepEqual(
    await site.identity('remove', site.env),
    ended(4, '', diagnostic(expired, `${hint}; with \`auth.objectId\` its role can be taken back without`)),
  );
  await site.principal({ ...secret, objectId });
  assert.deepEqual(await site.identity('remove', site.env), ended(0, role('-'), made));
  assert.deepEqual(site.azure.roleAssignments, []);
});

const elsewhere = {
  'managed-identity':
    'Azure makes it with the machine; what it is granted is the cluster’s: `flexgen cluster plan`',
  'bootstrap-token': 'it has nothing in Azure; its token is the cluster’s: `flexgen cluster plan`',
};

for (const [mode, words] of Object.entries(elsewhere)) {
  test(`${mode} has nothing to be made in Azure`, async (t) => {
    const site = await identitySite(t, { mode });
    for (const args of ['plan', 'plan --check', 'apply', 'remove'])
      assert.deepEqual(await site.identity(args), ended(0, '', `${mode}: ${words}\n`), args);
    const { code, stdout, stderr } = await site.identity('apply --json');
    assert.deepEqual([code, stderr], [0, '']);
    assert.deepEqual(JSON.parse(stdout), { mode, objectId: null, changes: [] });
    assert.deepEqual(site.writes(), []);
  });
}
