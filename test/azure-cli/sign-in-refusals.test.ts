import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Azure } from '../azure/server/azure.ts';
import { bySecret, environment, principal, secret, signIn } from './sign-in.ts';
import type { Case } from './sign-in.ts';
import { secretEnv, workstation } from './support.ts';
import type { Workstation } from './support.ts';

const otherTenant = '99999999-8888-4777-8666-555555555555';
const client = ({ credentials }: Azure) => credentials.clientId;

const noIdentity =
  'this machine has no such managed identity\n  it works on an Azure machine that has one; elsewhere set `azure.signIn` to another';

const refusals: Readonly<Record<string, readonly [Case, (azure: Azure) => string]>> = {
  'nobody is signed in': [
    { arrange: ({ commandLines }) => commandLines.signIn(false) },
    () =>
      'nobody is signed in to Azure\n  run `az login` (or `azd auth login`), or say in `azure.signIn` who asks; with `cluster.facts` nobody is needed',
  ],
  'nobody is signed in to az': [
    { signIn: () => 'cli', arrange: ({ commandLines }) => commandLines.signIn(false) },
    () => 'nobody is signed in to `az`\n  run `az login`',
  ],
  'nobody is signed in to azd': [
    { signIn: () => 'azd', arrange: ({ commandLines }) => commandLines.signIn(false) },
    () => 'nobody is signed in to `azd`\n  run `azd auth login`',
  ],
  'az is not installed': [
    { signIn: () => 'cli', env: () => ({ PATH: '/nowhere' }) },
    () => '`az` is not installed\n  install it and run `az login`, or set `azure.signIn` to another',
  ],
  'az does not see the subscription': [
    { arrange: (azure) => azure.hideSubscription('notFound') },
    () =>
      'who is signed in to `az` does not see subscription 3f9c5d1a-5a0c-4f57-9a55-0d1a86b6f0c2\n  `az login --tenant TENANT` with the subscription’s tenant; `az account list` shows what you see',
  ],
  'az refuses the tenant': [
    { tenantId: otherTenant },
    () =>
      `there is no tenant ${otherTenant} in this cloud (AADSTS90002)\n  check tenantId (\`az account show --query tenantId\`), and \`azure.cloud\` or \`--cloud\``,
  ],
  'a wrong secret': [
    { signIn: bySecret, env: () => ({ PRINCIPAL_SECRET: 'wrong' }) },
    (azure) =>
      `the client secret of application ${client(azure)} is wrong (AADSTS7000215)\n  give the secret’s value, not its id; Entra shows the value only when it is made`,
  ],
  // With somebody signed in to `az`: what is explicit has nobody behind it.
  'a wrong secret in the environment': [
    { env: (azure) => ({ ...secretEnv(azure), AZURE_CLIENT_SECRET: 'wrong' }) },
    (azure) =>
      `the client secret of application ${client(azure)} is wrong (AADSTS7000215)\n  give the secret’s value, not its id; Entra shows the value only when it is made`,
  ],
  'an expired secret': [
    { signIn: bySecret, env: secret, arrange: (azure) => azure.expireSecret() },
    (azure) =>
      `the client secret of application ${client(azure)} has expired (AADSTS7000222)\n  \`az ad app credential reset --id ${client(azure)}\` makes a new one`,
  ],
  'an application that is not there': [
    {
      signIn: principal(() => ({ clientId: otherTenant, secret: { env: 'PRINCIPAL_SECRET' } })),
      env: secret,
    },
    ({ credentials }) =>
      `there is no application ${otherTenant} in tenant ${credentials.tenantId} (AADSTS700016)\n  check clientId and tenantId: both stand on the application’s overview page`,
  ],
  'a tenant that is not there': [
    {
      signIn: principal(() => ({ tenantId: otherTenant, secret: { env: 'PRINCIPAL_SECRET' } })),
      env: secret,
    },
    () =>
      `there is no tenant ${otherTenant} in this cloud (AADSTS90002)\n  check tenantId (\`az account show --query tenantId\`), and \`azure.cloud\` or \`--cloud\``,
  ],
  'a certificate that the application does not have': [
    {
      signIn: principal(({ credentials }) => ({
        certificate: { file: credentials.strangeCertificate.pairFile },
      })),
    },
    (azure) =>
      `application ${client(azure)} does not know this certificate, or it has expired (AADSTS700027)\n  \`az ad app credential list --cert --id ${client(azure)}\` shows those that it knows`,
  ],
  'a certificate without its key': [
    { signIn: principal(({ credentials }) => ({ certificate: { file: credentials.certificate.certFile } })) },
    () =>
      'the certificate to sign in with comes without its private key\n  one PEM file holds both: the certificate first, then its private key',
  ],
  'a file that is no certificate': [
    { signIn: principal(({ credentials }) => ({ certificate: { file: credentials.certificate.keyFile } })) },
    () =>
      'the certificate to sign in with is no certificate in PEM\n  one PEM file holds both: the certificate first, then its private key',
  ],
  'a clock that is ten minutes off': [
    {
      signIn: principal(({ credentials }) => ({ certificate: { file: credentials.certificate.pairFile } })),
      arrange: (azure) => azure.setClockSkew(1200),
    },
    () =>
      'the proof of identity is not valid at Entra’s time (AADSTS700024)\n  set this machine’s clock; a federated token may also be too old: get a new one',
  ],
  'no managed identity': [
    { signIn: () => 'managed-identity', arrange: (azure) => azure.setManagedIdentity(false) },
    () => noIdentity,
  ],
  'no metadata service': [
    {
      signIn: () => 'managed-identity',
      env: () => ({ AZURE_POD_IDENTITY_AUTHORITY_HOST: 'http://127.0.0.1:1' }),
    },
    () => noIdentity,
  ],
  'half a service principal in the environment': [
    { env: (azure) => ({ AZURE_CLIENT_ID: client(azure), AZURE_CLIENT_SECRET: 'x' }) },
    () =>
      'the environment names no whole service principal: it lacks AZURE_TENANT_ID\n  set it, or say in `azure.signIn` who asks',
  ],
  'a file of the environment that is not there': [
    { env: (azure) => environment(azure, { AZURE_FEDERATED_TOKEN_FILE: '/nowhere' }) },
    () =>
      "can't read /nowhere, which the environment names: there is no such file\n  set AZURE_CLIENT_CERTIFICATE_PATH or AZURE_FEDERATED_TOKEN_FILE to a file that is there",
  ],
};

async function refuse(station: Workstation, name: string) {
  const [way, expected] = refusals[name] ?? [];
  assert.ok(way !== undefined && expected !== undefined);
  const ended = await signIn(station, way);
  assert.deepEqual(ended, { code: 4, stdout: '', stderr: `error: ${expected(station.azure)}\n` }, name);
  assert.ok(!station.azure.requests.some(({ path }) => path.startsWith('/subscriptions/')));
}

const names = Object.keys(refusals);

test('each refusal of an Azure as it is', async (t) => {
  const station = await workstation(t);
  for (const name of names.filter((one) => refusals[one]?.[0].arrange === undefined)) {
    await refuse(station, name);
  }
});

for (const name of names.filter((one) => refusals[one]?.[0].arrange !== undefined)) {
  test(name, async (t) => {
    await refuse(await workstation(t), name);
  });
}
