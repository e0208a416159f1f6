import assert from 'node:assert/strict';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { bySecret, command, environment, principal, secret, signIn } from './sign-in.ts';
import type { Case } from './sign-in.ts';
import { secretEnv, workstation } from './support.ts';

const ways: Readonly<Record<string, Case>> = {
  'az, for the cluster’s subscription': {},
  'az, said': { signIn: () => 'cli' },
  'azd': { signIn: () => 'azd' },
  'the environment’s secret': { env: secretEnv },
  'the environment’s certificate, said': {
    signIn: () => 'environment',
    env: (azure) =>
      environment(azure, { AZURE_CLIENT_CERTIFICATE_PATH: azure.credentials.certificate.pairFile }),
  },
  'the environment’s federated token': {
    env: (azure) => environment(azure, { AZURE_FEDERATED_TOKEN_FILE: azure.credentials.federatedTokenFile }),
  },
  'a secret': { signIn: bySecret, env: secret },
  'a certificate': {
    signIn: principal(({ credentials }) => ({ certificate: { file: credentials.certificate.pairFile } })),
  },
  'a federated token': {
    signIn: principal(({ credentials }) => ({ federated: { file: credentials.federatedTokenFile } })),
  },
  'the machine’s managed identity': { signIn: () => 'managed-identity' },
  'a user-assigned managed identity': {
    signIn: ({ credentials }) => ({ managedIdentity: { clientId: credentials.managedIdentity.clientId } }),
  },
};

test('each way to sign in', async (t) => {
  const station = await workstation(t);
  const { azure } = station;
  for (const [name, way] of Object.entries(ways)) {
    const expected = { code: 0, stdout: `# flexgen facts --resource-id ${azure.resourceId}`, stderr: '' };
    assert.deepEqual(await signIn(station, way), expected, name);
  }
  const [, , subscription] = azure.resourceId.split('/');
  const az = `az account get-access-token --output json --resource https://management.azure.com`;
  assert.deepEqual(azure.commandLines.runs, [
    `${az} --subscription ${subscription}`,
    `${az} --subscription ${subscription}`,
    'azd auth token --output json --no-prompt --scope https://management.azure.com/.default',
  ]);
  await signIn(station, { tenantId: azure.credentials.tenantId });
  assert.equal(azure.commandLines.runs.at(-1), `${az} --tenant ${azure.credentials.tenantId}`);
});

test('az is asked first, then azd', async (t) => {
  const station = await workstation(t);
  const bin = join(station.dir, 'bin');
  await mkdir(bin);
  await writeFile(
    join(bin, 'az'),
    '#!/bin/sh\necho "Please run \'az login\' to setup account." >&2\nexit 1\n',
  );
  await chmod(join(bin, 'az'), 0o755);
  const { code } = await station.run(command, {
    PATH: `${bin}:${station.azure.commandLines.dir}:/usr/bin:/bin`,
  });
  assert.equal(code, 0);
  assert.deepEqual(
    station.azure.commandLines.runs.map((line) => line.split(' ')[0]),
    ['azd'],
  );
});

test('Entra is out of order for a moment, and for longer', async (t) => {
  const station = await workstation(t);
  const { azure } = station;
  azure.failTokens(1, 503);
  assert.equal((await station.run(command, secretEnv(azure))).code, 0);
  azure.failTokens(100, 503);
  const { host } = new URL(azure.authorityHost);
  assert.deepEqual(await station.run(command, secretEnv(azure)), {
    code: 4,
    stdout: '',
    stderr: `error: ${host} has a failure of its own (503)\n  try again later; https://status.azure.com shows outages\n`,
  });
});

test('a network that is down, and a certificate that nobody trusts', async (t) => {
  const station = await workstation(t);
  const { azure } = station;
  const endpoints = { resourceManager: 'https://127.0.0.1:1', authority: azure.authorityHost };
  await station.configure({ azure: { endpoints: { ...endpoints, ca: { file: azure.caFile } } } });
  const unreachable = {
    code: 4,
    stdout: '',
    stderr:
      "error: can't reach 127.0.0.1:1: the connection is refused (ECONNREFUSED)\n  check the network and HTTPS_PROXY; with a facts file (`cluster.facts`) none is needed\n",
  };
  assert.deepEqual(await station.run([...command, '-r', azure.resourceId]), unreachable);
  await station.configure({ azure: { endpoints: { ...endpoints, authority: 'https://127.0.0.1:1' } } });
  assert.deepEqual(await station.run(command, secretEnv(azure)), unreachable);
  await station.configure({ azure: { endpoints: { resourceManager: azure.endpoint } } });
  const { code, stderr } = await station.run(command);
  assert.equal(code, 4);
  assert.equal(
    stderr,
    `error: the certificate of ${new URL(azure.endpoint).host} is not trusted (UNABLE_TO_VERIFY_LEAF_SIGNATURE)\n  name the authority that signs it: \`azure.endpoints.ca\`, or the variable NODE_EXTRA_CA_CERTS\n`,
  );
});
