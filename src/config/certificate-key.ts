import { X509Certificate, createPrivateKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

/** What is wrong with a certificate and its key; `message` goes on from a subject, e.g. `the certificate …`. */
export interface KeyPairProblem {
  readonly kind: 'not-pem' | 'no-key' | 'unreadable-key' | 'not-rsa' | 'other-key' | 'expired' | 'early';
  readonly message: string;
  readonly hint: string;
}

/** A certificate of an Entra application, and the key that belongs to it. */
export interface KeyPair {
  readonly certificate: X509Certificate;
  readonly key: KeyObject;
}

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

const both = 'one PEM file holds both: the certificate first, then its private key';

/** Reads a PEM of certificate and key as Entra wants them, or says what is wrong; `now` in milliseconds. */
export function readKeyPair(pem: string, now: number, passphrase?: string): KeyPair | KeyPairProblem {
  const certificate = readCertificate(pem);
  if (certificate === undefined) return { kind: 'not-pem', message: 'is no certificate in PEM', hint: both };
  if (!pem.includes('PRIVATE KEY-----'))
    return { kind: 'no-key', message: 'comes without its private key', hint: both };
  const key = readKey(pem, passphrase);
  if (key === undefined) {
    const hint = 'take its password off: `openssl rsa -in KEY -out KEY`';
    return { kind: 'unreadable-key', message: 'has a private key that can’t be read', hint };
  }
  if (!certificate.checkPrivateKey(key))
    return { kind: 'other-key', message: 'does not belong to the private key beside it', hint: both };
  if (key.asymmetricKeyType !== 'rsa') {
    const hint = 'make one with `openssl req -x509 -newkey rsa:2048 …`';
    return { kind: 'not-rsa', message: 'has no RSA key, and Entra takes no other', hint };
  }
  const { validFrom, validTo } = certificate;
  if (Date.parse(validTo) < now) {
    const hint = 'make a new one and add it to the application';
    return { kind: 'expired', message: `has expired (${validTo})`, hint };
  }
  if (Date.parse(validFrom) > now)
    return { kind: 'early', message: `is not valid before ${validFrom}`, hint: 'set this machine’s clock' };
  return { certificate, key };
}
