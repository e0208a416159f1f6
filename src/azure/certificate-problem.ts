import { X509Certificate, createPrivateKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { azureProblem } from './problem.ts';

const problem = (message: string, hint: string) =>
  azureProblem('azure/certificate', `the certificate to sign in with ${message}`, hint);

function readKey(pem: string, passphrase: string | undefined): KeyObject | undefined {
  try {
    return createPrivateKey({ key: pem, format: 'pem', ...(passphrase === undefined ? {} : { passphrase }) });
  } catch {
    // OpenSSL has another error for each version and kind of damage; none says more than this.
    return undefined;
  }
}

function readCertificate(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}

/** What is wrong with a PEM of certificate and key, before Entra is asked; `now` in milliseconds. */
export function certificateProblem(
  pem: string,
  password: string | undefined,
  now: number,
): Diagnostic | undefined {
  const both = 'one PEM file holds both: the certificate first, then its private key';
  const certificate = readCertificate(pem);
  if (certificate === undefined) return problem('is no certificate in PEM', both);
  if (!pem.includes('PRIVATE KEY-----')) return problem('comes without its private key', both);
  const key = readKey(pem, password);
  if (key === undefined) {
    const hint = 'a key with a password is read from AZURE_CLIENT_CERTIFICATE_PATH and …_PASSWORD alone';
    return problem('has a private key that can’t be read', hint);
  }
  if (!certificate.checkPrivateKey(key)) return problem('does not belong to the private key beside it', both);
  const { validFrom, validTo } = certificate;
  if (Date.parse(validTo) < now) {
    return problem(`has expired (${validTo})`, 'make a new one and add it to the application');
  }
  if (Date.parse(validFrom) > now)
    return problem(`is not valid before ${validFrom}`, 'set this machine’s clock');
  return undefined;
}
