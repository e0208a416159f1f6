import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { ClientCertificateCredential, WorkloadIdentityCredential } from '@azure/identity';
import type { TokenCredential } from '@azure/identity';
import { identityOptions, managedClusters, secretCredential } from './clients.ts';
import { azureFor } from './fixture.ts';
import { send } from './send.ts';
import type { Azure } from './server/azure.ts';

/** The AADSTS numbers that Entra refuses a sign-in with; none if it doesn't. */
async function aadsts(azure: Azure, credential: TokenCredential): Promise<string[]> {
  try {
    await credential.getToken(azure.scope);
    return [];
  } catch (error) {
    assert.ok(error instanceof Error);
    return [...new Set(error.message.match(/AADSTS\d+/g))];
  }
}

function certificateCredential(azure: Azure, certificate: string): ClientCertificateCredential {
  const { tenantId, clientId } = azure.credentials;
  return new ClientCertificateCredential(tenantId, clientId, { certificate }, identityOptions(azure));
}

function federatedCredential(azure: Azure): WorkloadIdentityCredential {
  const { tenantId, clientId, federatedTokenFile: tokenFilePath } = azure.credentials;
  return new WorkloadIdentityCredential({ tenantId, clientId, tokenFilePath, ...identityOptions(azure) });
}

test('Entra: a secret, a certificate or a federated token signs in at ARM', async (t) => {
  const azure = await azureFor(t);
  const { certificate } = azure.credentials;
  const credentials = [
    secretCredential(azure),
    certificateCredential(azure, certificate.keyPem + certificate.certPem),
    federatedCredential(azure),
  ];
  for (const credential of credentials) {
    const token = await credential.getToken(azure.scope);
    assert.equal((await managedClusters(azure, { token }).get('rg-edge', 'aks1')).name, 'aks1');
  }
});

test('Entra: a wrong secret, client or tenant, and a secret past its end', async (t) => {
  const azure = await azureFor(t);
  const stranger = '7b8c9d0e-1f20-4a31-b2c3-d4e5f6071829';
  assert.deepEqual(await aadsts(azure, secretCredential(azure, { secret: 'wrong' })), ['AADSTS7000215']);
  assert.deepEqual(await aadsts(azure, secretCredential(azure, { clientId: stranger })), ['AADSTS700016']);
  assert.deepEqual(await aadsts(azure, secretCredential(azure, { tenantId: stranger })), ['AADSTS90002']);
  azure.expireSecret();
  assert.deepEqual(await aadsts(azure, secretCredential(azure)), ['AADSTS7000222']);
});

test('Entra: a certificate that is not registered, past its end, or with the key of another', async (t) => {
  const azure = await azureFor(t);
  const { certificate, expiredCertificate, strangeCertificate } = azure.credentials;
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const otherKey = privateKey.export({ format: 'pem', type: 'pkcs8' });
  const pems = [
    strangeCertificate.keyPem + strangeCertificate.certPem,
    expiredCertificate.keyPem + expiredCertificate.certPem,
    otherKey.toString() + certificate.certPem,
  ];
  for (const pem of pems)
    assert.deepEqual(await aadsts(azure, certificateCredential(azure, pem)), ['AADSTS700027']);
});

test('Entra: a clock ten minutes off makes an assertion worthless', async (t) => {
  const azure = await azureFor(t);
  const { certificate } = azure.credentials;
  const pem = certificate.keyPem + certificate.certPem;
  const outcomes: [number, string[]][] = [];
  for (const seconds of [-600, -240, 0, 840, 960]) {
    azure.setClockSkew(seconds);
    outcomes.push([seconds, await aadsts(azure, certificateCredential(azure, pem))]);
  }
  assert.deepEqual(outcomes, [
    [-600, ['AADSTS700024']],
    [-240, []],
    [0, []],
    // The assertion lives 600 seconds, and Entra forgives 300 more.
    [840, []],
    [960, ['AADSTS700024']],
  ]);
});

test('Entra: a federated token must be in time and of the right issuer, audience and subject', async (t) => {
  const azure = await azureFor(t);
  const outcome = async (token: string) => {
    await writeFile(azure.credentials.federatedTokenFile, token);
    return aadsts(azure, federatedCredential(azure));
  };
  const changed = (claims: Readonly<Record<string, unknown>>) => outcome(azure.issueFederatedToken(claims));
  assert.deepEqual(await changed({ iss: 'https://other.example' }), ['AADSTS700211']);
  assert.deepEqual(await changed({ aud: 'https://kubernetes.default.svc' }), ['AADSTS700212']);
  assert.deepEqual(await changed({ sub: 'system:serviceaccount:default:default' }), ['AADSTS700213']);
  assert.deepEqual(await changed({ exp: 1_700_000_000 }), ['AADSTS700024']);
  assert.deepEqual(await outcome('no token'), ['AADSTS50027']);
  const [header, claims] = azure.credentials.federatedToken.split('.');
  assert.deepEqual(await outcome(`${header}.${claims}.AAAA`), ['AADSTS50013']);
  assert.deepEqual(await outcome(azure.credentials.federatedToken), []);
});

test('Entra: a scope that is none is refused, and a violation', async (t) => {
  const azure = await azureFor(t);
  const { message } = await secretCredential(azure)
    .getToken('https://vault.azure.net/.default')
    .then(
      () => ({ message: '' }),
      (error: Error) => error,
    );
  assert.match(message, /AADSTS500011/);
  assert.deepEqual(azure.takeViolations(), ['token request: scope https://vault.azure.net/.default']);
});

test('Entra: a failure passes', async (t) => {
  const azure = await azureFor(t);
  azure.failTokens(1, 503);
  await assert.rejects(secretCredential(azure).getToken(azure.scope), /temporarily/);
  assert.deepEqual(await aadsts(azure, secretCredential(azure)), []);
});

test('Entra: what no correct client sends is a violation', async (t) => {
  const azure = await azureFor(t);
  const { tenantId, clientId, secret, federatedToken } = azure.credentials;
  const url = `${azure.authorityHost}/${tenantId}/oauth2/v2.0/token`;
  const form = {
    client_id: clientId,
    client_secret: secret,
    grant_type: 'client_credentials',
    scope: azure.scope,
  };
  const post = async (body: string, type = 'application/x-www-form-urlencoded') => {
    const answer = await send(azure, url, { method: 'POST', headers: { 'content-type': type }, body });
    return answer.match(/^\d+|AADSTS\d+/g)?.join(' ');
  };
  const encoded = new URLSearchParams(form).toString();
  const { scope: _, ...noScope } = form;
  const twice = { ...form, client_assertion: federatedToken, client_assertion_type: 'x' };
  assert.equal(await post(encoded), '200');
  assert.equal(await post(JSON.stringify(form), 'application/json'), '400 AADSTS900144');
  assert.equal(await post(encoded.replace('%25', '%')), '400 AADSTS900144');
  assert.equal(await post(new URLSearchParams(noScope).toString()), '400 AADSTS900144');
  assert.equal(await post(`${encoded}&resource=x`), '400 AADSTS900144');
  assert.equal(await post(new URLSearchParams(twice).toString()), '401 AADSTS7000216');
  assert.match(await send(azure, `${url}?client_secret=x`, { method: 'POST' }), /^404 /);
  assert.deepEqual(azure.takeViolations(), [
    'token request: content type application/json',
    'token request: a form that is not url-encoded',
    'token request: fields client_id client_secret grant_type',
    'token request: fields client_id client_secret grant_type scope resource',
    'token request: not exactly one proof',
    `Entra: POST /${tenantId}/oauth2/v2.0/token client_secret`,
  ]);
});
