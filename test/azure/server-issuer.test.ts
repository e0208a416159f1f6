import assert from 'node:assert/strict';
import { createPublicKey, verify } from 'node:crypto';
import type { JsonWebKey } from 'node:crypto';
import { test } from 'node:test';
import { secretCredential } from './clients.ts';
import { azureFor } from './fixture.ts';
import { send } from './send.ts';
import { aksServerApplication } from './server/applications.ts';
import type { Azure } from './server/azure.ts';

async function document(azure: Azure, url: string): Promise<unknown> {
  const answer = await send(azure, url);
  assert.match(answer, /^200 /);
  return JSON.parse(answer.slice('200 '.length));
}

test('Entra: who trusts its issuer finds the keys that its tokens are signed with', async (t) => {
  const azure = await azureFor(t);
  const { tenantId, objectId } = azure.credentials;
  const url = `${azure.authorityHost}/${tenantId}/.well-known/openid-configuration`;
  const { issuer, jwks_uri } = (await document(azure, url)) as { issuer: string; jwks_uri: string };
  assert.equal(issuer, `https://sts.windows.net/${tenantId}/`);
  const { keys } = (await document(azure, jwks_uri)) as { keys: JsonWebKey[] };
  const { token } = await secretCredential(azure).getToken(`${aksServerApplication}/.default`);
  const [header = '', claims = '', signature = ''] = token.split('.');
  const key = createPublicKey({ key: keys[0] ?? {}, format: 'jwk' });
  assert.ok(verify('sha256', Buffer.from(`${header}.${claims}`), key, Buffer.from(signature, 'base64url')));
  const { aud, iss, oid } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<
    string,
    unknown
  >;
  assert.deepEqual([aud, iss, oid], [aksServerApplication, issuer, objectId]);
});

test('Entra: another secret takes the place of the first', async (t) => {
  const azure = await azureFor(t);
  azure.setSecret('another');
  await assert.rejects(secretCredential(azure).getToken(azure.scope), /AADSTS7000215/);
  await secretCredential(azure, { secret: 'another' }).getToken(azure.scope);
});
