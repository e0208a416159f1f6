import { randomBytes, X509Certificate } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTokenSigner } from '../../rig/services/jwt.ts';
import type { TokenSigner } from '../../rig/services/jwt.ts';
import { application } from './applications.ts';
import type { CertificatePair, Credentials } from './azure.ts';
import { material } from './material.ts';

/** What a federated token must say for the application to trust it. */
export const federation = {
  iss: 'https://issuer.example/flexgen',
  sub: 'system:serviceaccount:edge:flexgen',
  aud: 'api://AzureADTokenExchange',
} as const;

/** What Entra knows of the application, and how federated tokens are made. */
export interface Registration {
  readonly credentials: Credentials;
  /** Certificates with which the application may sign, the expired one among them. */
  readonly certificates: readonly X509Certificate[];
  /** RFC 7517 key set of the external issuer. */
  readonly federationKeys: object;
  issueFederatedToken(claims: Readonly<Record<string, unknown>>): string;
}

let federationKey: TokenSigner | undefined;

/** Makes the application's credentials; their files go to `dir`, mode 0600. */
export async function createRegistration(dir: string): Promise<Registration> {
  const { applicationKey, certificates } = await material();
  const [certificate, expiredCertificate, strangeCertificate] = await Promise.all([
    writePair(dir, 'registered', certificates.registered, applicationKey),
    writePair(dir, 'expired', certificates.expired, applicationKey),
    writePair(dir, 'strange', certificates.strange, applicationKey),
  ]);
  const signer = (federationKey ??= createTokenSigner());
  const issueFederatedToken = (claims: Readonly<Record<string, unknown>>): string => {
    const now = Math.floor(Date.now() / 1000);
    return signer.sign({ ...federation, iat: now, nbf: now, exp: now + 3600, ...claims });
  };
  const federatedToken = issueFederatedToken({});
  const federatedTokenFile = join(dir, 'federated-token');
  await writeFile(federatedTokenFile, federatedToken, { mode: 0o600 });
  return {
    credentials: {
      ...application,
      // With every character that a form must encode or a shell could trip over.
      secret: `${randomBytes(12).toString('base64url')}~a+b/c&d=e%f%20 "q'uo\`te$(id)\\é#`,
      certificate,
      expiredCertificate,
      strangeCertificate,
      federatedToken,
      federatedTokenFile,
      managedIdentity: {
        clientId: '0d1c2b3a-4958-4677-8695-a4b3c2d1e0f0',
        objectId: '1e2d3c4b-5a69-4788-97a6-b5c4d3e2f101',
        resourceId:
          '/subscriptions/3f9c5d1a-5a0c-4f57-9a55-0d1a86b6f0c2/resourceGroups/rg-edge/providers/' +
          'Microsoft.ManagedIdentity/userAssignedIdentities/edge',
      },
      userObjectId: '2f3e4d5c-6b7a-4899-88b7-c6d5e4f30212',
    },
    certificates: [certificate, expiredCertificate].map(({ certPem }) => new X509Certificate(certPem)),
    federationKeys: signer.keySet,
    issueFederatedToken,
  };
}

async function writePair(
  dir: string,
  name: string,
  certPem: string,
  keyPem: string,
): Promise<CertificatePair> {
  const [certFile, keyFile, pairFile] = [
    join(dir, `${name}.crt`),
    join(dir, `${name}.key`),
    join(dir, `${name}.pem`),
  ];
  await writeFile(certFile, certPem, { mode: 0o600 });
  await writeFile(keyFile, keyPem, { mode: 0o600 });
  await writeFile(pairFile, keyPem + certPem, { mode: 0o600 });
  return { certPem, keyPem, certFile, keyFile, pairFile };
}
