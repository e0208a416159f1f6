import { createPublicKey, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

/** The public key of a machine: base64 of a PKCS#1 RSAPublicKey in DER, RSA-2048; null if the text is none. */
export function machineKey(text: unknown): KeyObject | null {
  if (typeof text !== 'string' || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return null;
  try {
    const key = createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'pkcs1' });
    const exact = key.export({ format: 'der', type: 'pkcs1' }).toString('base64') === text;
    return exact && key.asymmetricKeyDetails?.modulusLength === 2048 ? key : null;
  } catch {
    // OpenSSL has another error for each kind of damage.
    return null;
  }
}

/** Whether the machine of this key signed what it says of itself. */
export function isSignedBy(publicKey: string, lines: readonly string[], signature: string): boolean {
  const key = machineKey(publicKey);
  return (
    key !== null && verify('sha256', Buffer.from(lines.join('\n')), key, Buffer.from(signature, 'base64'))
  );
}
