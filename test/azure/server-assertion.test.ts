import assert from 'node:assert/strict';
import { constants, createHash, randomUUID, sign, X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import { azureFor } from './fixture.ts';
import { send } from './send.ts';
import type { Azure } from './server/azure.ts';

type Fields = Readonly<Record<string, unknown>>;

/** An assertion that differs from a right one in these claims; `salt` is the length of PS256's, -1 = the digest's. */
interface Difference {
  readonly claims?: Fields;
  readonly algorithm?: 'RS256' | 'PS256' | 'none';
  readonly salt?: number;
}

const tokenUrl = ({ authorityHost, credentials }: Azure) =>
  `${authorityHost}/${credentials.tenantId}/oauth2/v2.0/token`;

/** Made here and by hand, as a node makes it with openssl. */
function assertion(azure: Azure, { claims, algorithm = 'PS256', salt = -1 }: Difference): string {
  const { clientId, certificate } = azure.credentials;
  const { raw } = new X509Certificate(certificate.certPem);
  const thumbprint = (hash: string) => createHash(hash).update(raw).digest('base64url');
  const name = algorithm === 'RS256' ? { x5t: thumbprint('sha1') } : { 'x5t#S256': thumbprint('sha256') };
  const now = Math.floor(Date.now() / 1000);
  const identity = { aud: tokenUrl(azure), iss: clientId, sub: clientId, jti: randomUUID() };
  const parts = [
    { alg: algorithm, typ: 'JWT', ...name },
    { ...identity, nbf: now, iat: now, exp: now + 600, ...claims },
  ];
  const input = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: salt };
  const padding = algorithm === 'RS256' ? { padding: constants.RSA_PKCS1_PADDING } : pss;
  const signature = sign('sha256', Buffer.from(input), { key: certificate.keyPem, ...padding });
  return `${input}.${signature.toString('base64url')}`;
}

/** Status and AADSTS number for an assertion with this difference. */
async function outcome(azure: Azure, difference: Difference): Promise<string | undefined> {
  const form = new URLSearchParams({
    client_id: azure.credentials.clientId,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion(azure, difference),
    grant_type: 'client_credentials',
    scope: azure.scope,
  });
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const answer = await send(azure, tokenUrl(azure), { method: 'POST', headers, body: form.toString() });
  return answer.match(/^\d+|AADSTS\d+/g)?.join(' ');
}

test('Entra: an assertion signed by PS256 or RS256, and no other way', async (t) => {
  const azure = await azureFor(t);
  assert.equal(await outcome(azure, {}), '200');
  assert.equal(await outcome(azure, { algorithm: 'RS256' }), '200');
  assert.equal(await outcome(azure, { algorithm: 'none' }), '401 AADSTS700027');
  assert.equal(await outcome(azure, { salt: 20 }), '401 AADSTS700027');
});

test('Entra: each claim of an assertion counts', async (t) => {
  const azure = await azureFor(t);
  const now = Math.floor(Date.now() / 1000);
  const other = { iss: randomUUID(), sub: randomUUID(), aud: azure.authorityHost };
  assert.equal(await outcome(azure, { claims: { iss: other.iss } }), '401 AADSTS700021');
  assert.equal(await outcome(azure, { claims: { sub: other.sub } }), '401 AADSTS700021');
  assert.equal(await outcome(azure, { claims: { nbf: now - 900, exp: now - 400 } }), '401 AADSTS700024');
  assert.equal(await outcome(azure, { claims: { nbf: now + 400, exp: now + 900 } }), '401 AADSTS700024');
  assert.deepEqual(azure.violations, []);
  assert.equal(await outcome(azure, { claims: { aud: other.aud } }), '401 AADSTS700023');
  assert.equal(await outcome(azure, { claims: { exp: now + 3600 } }), '401 AADSTS700024');
  assert.equal(await outcome(azure, { claims: { jti: undefined } }), '401 AADSTS50027');
  assert.deepEqual(azure.takeViolations(), [
    'token request: audience of the assertion',
    'token request: assertion that lives longer than 10 minutes',
    'token request: assertion without jti',
  ]);
});
