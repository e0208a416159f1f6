import assert from 'node:assert/strict';
import { test } from 'node:test';
import { base, load, problemsOf } from './support.ts';

const azureOf = (section: string) => load(`${base}azure: ${section}\n`).spec.azure;

const id = '11111111-2222-3333-4444-555555555555';
const at = 'azure.signIn.servicePrincipal';

test('all that `azure` may say', () => {
  assert.deepEqual(
    azureOf(
      `{cloud: china, tenantId: ${id}, signIn: azd, endpoints: {resourceManager: https://arm.corp/, audience: https://arm.corp, authority: https://login.corp/, ca: {file: corp.pem}}}`,
    ),
    {
      cloud: 'china',
      tenantId: id,
      signIn: { kind: 'azd' },
      endpoints: {
        resourceManager: 'https://arm.corp',
        audience: 'https://arm.corp',
        authority: 'https://login.corp',
        ca: { file: 'corp.pem', at: 'azure.endpoints.ca' },
      },
    },
  );
});

test('each way to sign in', () => {
  const principal = { kind: 'service-principal', clientId: id, tenantId: id };
  const ways: Readonly<Record<string, unknown>> = {
    'cli': { kind: 'cli' },
    'environment': { kind: 'environment' },
    'managed-identity': { kind: 'managed-identity' },
    [`{managedIdentity: {clientId: ${id}}}`]: { kind: 'managed-identity', clientId: id },
    [`{servicePrincipal: {clientId: ${id}, tenantId: ${id}, secret: {env: S}}}`]: {
      ...principal,
      proof: { kind: 'secret', secret: { at: `${at}.secret`, kind: 'env', name: 'S' } },
    },
    [`{servicePrincipal: {clientId: ${id}, tenantId: ${id}, certificate: {file: a.pem}}}`]: {
      ...principal,
      proof: { kind: 'certificate', pem: { file: 'a.pem', at: `${at}.certificate` } },
    },
    [`{servicePrincipal: {clientId: ${id}, tenantId: ${id}, federated: {file: token}}}`]: {
      ...principal,
      proof: { kind: 'federated', token: { file: 'token', at: `${at}.federated` } },
    },
  };
  for (const [written, meant] of Object.entries(ways)) {
    assert.deepEqual(azureOf(`{signIn: ${written}}`).signIn, meant, written);
  }
});

test('what is wrong with `azure`', () => {
  const problems: Readonly<Record<string, string>> = {
    '{cloud: usgov}':
      '4:16 error config/option: `usgov` is no option of `cloud` (one of `public`, `us-government` or `china`)',
    '{signIn: clii}':
      '4:17 error config/option: `clii` is no option of `signIn` (did you mean `cli`? one of `cli`, `azd`, `environment` or `managed-identity`, or {servicePrincipal: …})',
    '{signIn: {}}':
      '4:17 error config/one-of: `signIn` needs exactly one of `servicePrincipal` and `managedIdentity` (keep one)',
    [`{signIn: {servicePrincipal: {clientId: ${id}, tenantId: ${id}}}}`]:
      '4:18 error config/one-of: `servicePrincipal` needs exactly one of `secret`, `certificate` and `federated` (keep one)',
    [`{signIn: {servicePrincipal: {clientId: ${id}, tenantId: ${id}, secret: {env: S}, federated: {file: t}}}}`]:
      '4:18 error config/one-of: `servicePrincipal` needs exactly one of `secret`, `certificate` and `federated` (keep one)',
    [`{signIn: {servicePrincipal: {clientId: ${id}, tenantId: ${id}, secret: hunter2}}}`]:
      '4:141 error config/secret-in-plain: a secret may not stand in this file: `secret` says where it comes from (write {env: NAME}, {file: PATH} or {command: [PROGRAM, ARGUMENT, …]})',
    '{endpoints: {authority: http://login.corp}}':
      '4:32 error config/url: http is not safe here (write `https://`)',
  };
  for (const [written, problem] of Object.entries(problems)) {
    assert.deepEqual(problemsOf(`azure: ${written}\n`), [problem], written);
  }
});
