import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Azure } from '../azure/server/azure.ts';
import { diagnostic, ended } from './identity-lines.ts';
import type { Place } from './identity-lines.ts';
import { identitySite } from './identity-site.ts';

const clientId = 'c4d1a2b3-6e5f-4789-8abc-1d2e3f405162';
const tenantId = '8f2b6c1e-4d3a-4b57-9c61-7a5e0d9f1b23';
const objectId = '9a8b7c6d-5e4f-4031-a2b3-c4d5e6f70819';
const nobody = '11111111-2222-3333-4444-555555555555';

interface Case {
  readonly auth: (azure: Azure) => Readonly<Record<string, unknown>>;
  readonly arrange?: (azure: Azure) => void;
  readonly secret?: string;
  readonly code: number;
  readonly says: (azure: Azure) => readonly [message: string, hint: string, place?: Place];
}

const bySecret = () => ({ secret: { env: 'SECRET' } });
const certificate = (file: string) => ({ certificate: { file } });
const atCertificate: Place = { line: 10, text: '    "certificate": {', column: 20, length: 1 };

const cases: Readonly<Record<string, Case>> = {
  'a wrong secret': {
    auth: bySecret,
    secret: 'wrong',
    code: 4,
    says: () => [
      `the client secret of application ${clientId} is wrong (AADSTS7000215)`,
      'give the secret’s value, not its id; Entra shows the value only when it is made',
    ],
  },
  'an expired secret': {
    auth: bySecret,
    arrange: (azure) => azure.expireSecret(),
    code: 4,
    says: () => [
      `the client secret of application ${clientId} has expired (AADSTS7000222)`,
      `\`az ad app credential reset --id ${clientId}\` makes a new one`,
    ],
  },
  'a tenant that is not there': {
    auth: () => ({ ...bySecret(), tenantId: nobody }),
    code: 4,
    says: () => [
      `there is no tenant ${nobody} in this cloud (AADSTS90002)`,
      'check tenantId (`az account show --query tenantId`), and `azure.cloud` or `--cloud`',
    ],
  },
  'an application that is not there': {
    auth: () => ({ ...bySecret(), clientId: nobody }),
    code: 4,
    says: () => [
      `there is no application ${nobody} in tenant ${tenantId} (AADSTS700016)`,
      'check clientId and tenantId: both stand on the application’s overview page',
    ],
  },
  'a certificate that the application does not know': {
    auth: ({ credentials }) => certificate(credentials.strangeCertificate.pairFile),
    code: 4,
    says: () => [
      `application ${clientId} does not know this certificate, or it has expired (AADSTS700027)`,
      `\`az ad app credential list --cert --id ${clientId}\` shows those that it knows`,
    ],
  },
  'a certificate without its key': {
    auth: ({ credentials }) => certificate(credentials.certificate.certFile),
    code: 3,
    says: () => [
      'the principal’s certificate comes without its private key',
      'one PEM file holds both: the certificate first, then its private key',
      atCertificate,
    ],
  },
  'a clock that is 20 minutes off': {
    auth: ({ credentials }) => certificate(credentials.certificate.pairFile),
    arrange: (azure) => azure.setClockSkew(1200),
    code: 4,
    says: () => [
      'the proof of identity is not valid at Entra’s time (AADSTS700024)',
      'set this machine’s clock; a federated token may also be too old: get a new one',
    ],
  },
  'an object id that is another’s': {
    auth: () => ({ ...bySecret(), objectId: nobody }),
    code: 3,
    says: () => [
      `Entra says that this service principal has the object id ${objectId}, not ${nobody}`,
      'correct it or leave it out: an application has another object id than its service principal',
      { line: 13, text: `    "objectId": "${nobody}"`, column: 17, length: 38 },
    ],
  },
  'an authority that is not there': {
    auth: () => ({ ...bySecret(), authority: 'https://127.0.0.1:1' }),
    code: 4,
    says: () => [
      "can't reach 127.0.0.1:1: the connection is refused (ECONNREFUSED)",
      'check the network, HTTPS_PROXY and `auth.authority`: the node asks there as well',
    ],
  },
  'an authority whose certificate is signed by nobody known': {
    auth: (azure) => ({ ...bySecret(), authority: azure.authorityHost }),
    code: 4,
    says: ({ authorityHost }) => [
      `the certificate of ${new URL(authorityHost).host} is not trusted (UNABLE_TO_VERIFY_LEAF_SIGNATURE)`,
      'name the authority that signs it in `auth.authorityCa`: the node needs it as well',
    ],
  },
};

suite('a service principal that can’t be used gets no role', () => {
  for (const [name, { auth, arrange, secret, code, says }] of Object.entries(cases)) {
    test(name, async (t) => {
      const site = await identitySite(t);
      const { azure } = site;
      arrange?.(azure);
      await site.as({ mode: 'service-principal', clientId, tenantId, ...auth(azure) });
      const env = { SECRET: secret ?? azure.credentials.secret };
      const expected = ended(code, '', diagnostic(...says(azure)));
      assert.deepEqual(await site.identity('plan', env), expected);
      assert.deepEqual(await site.identity('apply', env), expected);
      assert.deepEqual([site.writes(), azure.roleAssignments], [[], []]);
    });
  }

  test('an expired certificate', async (t) => {
    const site = await identitySite(t);
    const { pairFile } = site.azure.credentials.expiredCertificate;
    await site.as({ mode: 'service-principal', clientId, tenantId, certificate: { file: pairFile } });
    const { code, stderr } = await site.identity('apply');
    const shown = diagnostic(
      'the principal’s certificate has expired (DATE)',
      'make a new one and add it to the application',
      atCertificate,
    );
    assert.deepEqual([code, stderr.replace(/\([A-Z][^)]* GMT\)/, '(DATE)')], [3, shown]);
    assert.deepEqual(site.writes(), []);
  });
});
