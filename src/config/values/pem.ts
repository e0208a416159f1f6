import { X509Certificate } from 'node:crypto';
import type { Check } from './value-problem.ts';

const block = /-----BEGIN CERTIFICATE-----[\sA-Za-z0-9+/=]+-----END CERTIFICATE-----/g;

function isCertificate(text: string): boolean {
  try {
    return new X509Certificate(text).raw.length > 0;
  } catch {
    // OpenSSL throws for each kind of damage another error; all of them mean that this is no certificate.
    return false;
  }
}

/** Whether a text is one or more certificates in PEM; text between them is allowed, as in the files that tools write. */
export const pem: Check = (text) => {
  const code = 'config/pem';
  if (/PRIVATE KEY/.test(text)) {
    return {
      code,
      message: 'this holds a private key',
      hint: 'give the certificate alone: the node must not have the key',
    };
  }
  const certificates = text.match(block) ?? [];
  if (certificates.length === 0) {
    const hint = /^[A-Za-z0-9+/=\s]+$/.test(text)
      ? 'it may be the base64 of one: decode it first (`base64 -d`)'
      : 'it starts with `-----BEGIN CERTIFICATE-----`';
    return { code, message: 'this is not a certificate in PEM', hint };
  }
  const broken = certificates.findIndex((certificate) => !isCertificate(certificate));
  if (broken === -1) return undefined;
  const hint = 'it is cut off or changed: copy it again, whole';
  return { code, message: `certificate ${broken + 1} of ${certificates.length} can’t be read`, hint };
};
