import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import { federation } from './credentials.ts';
import type { Refusal } from './entra-errors.ts';
import { isInTime, type JwtParts } from './jwt-parts.ts';

/** Holds a token of the external issuer against the application's federated credential; null = it is right. */
export function refuseFederatedAssertion(
  { header, claims, input, signature }: JwtParts,
  key: KeyObject,
  now: number,
): Refusal | null {
  if (claims.get('iss') !== federation.iss) return { error: 'federatedIssuer' };
  const isSigned = header.get('alg') === 'RS256' && verify('sha256', Buffer.from(input), key, signature);
  if (!isSigned) return { error: 'federatedSignature' };
  if (claims.get('aud') !== federation.aud) return { error: 'federatedAudience' };
  if (claims.get('sub') !== federation.sub) return { error: 'federatedSubject' };
  if (!isInTime(claims, now)) return { error: 'time' };
  return null;
}

/** The one key of an issuer's key set. */
export function keyOf(keySet: object): KeyObject {
  const keys: unknown = 'keys' in keySet ? keySet.keys : undefined;
  const key: unknown = Array.isArray(keys) ? keys[0] : undefined;
  if (typeof key !== 'object' || key === null) throw new Error('a key set without a key');
  return createPublicKey({ key: { ...key }, format: 'jwk' });
}
