import { constants, createHash, verify, type X509Certificate } from 'node:crypto';
import type { Refusal } from './entra-errors.ts';
import { isInTime, type JwtParts } from './jwt-parts.ts';

export interface AssertionRules {
  readonly clientId: string;
  /** URL of the token endpoint. */
  readonly audience: string;
  readonly certificates: readonly X509Certificate[];
  /** Seconds since the epoch, by Entra's clock. */
  readonly now: number;
}

/** Holds a client assertion signed with a certificate against the rules; null = it is right. */
export function refuseCertificateAssertion(parts: JwtParts, rules: AssertionRules): Refusal | null {
  const { claims } = parts;
  const certificate = rules.certificates.find((candidate) => isNamed(parts, candidate));
  if (certificate === undefined) return { error: 'unknownKey' };
  if (!isSigned(parts, certificate)) return { error: 'signature' };
  if (Date.parse(certificate.validTo) / 1000 < rules.now) return { error: 'expiredKey' };
  if (claims.get('iss') !== rules.clientId || claims.get('sub') !== rules.clientId)
    return { error: 'assertion' };
  if (claims.get('aud') !== rules.audience)
    return { error: 'audience', violation: 'audience of the assertion' };
  if (!isInTime(claims, rules.now)) return { error: 'time' };
  if (typeof claims.get('jti') !== 'string')
    return { error: 'notAToken', violation: 'assertion without jti' };
  // Entra recommends 5 to 10 minutes.
  if (lifeOf(claims) > 600)
    return { error: 'time', violation: 'assertion that lives longer than 10 minutes' };
  return null;
}

/** Whether the token was signed by a client for itself, with a certificate, rather than by an external issuer. */
export function isCertificateAssertion({ header }: JwtParts): boolean {
  return header.has('x5t') || header.has('x5t#S256');
}

function lifeOf(claims: JwtParts['claims']): number {
  const [start, end] = [claims.get('nbf') ?? claims.get('iat'), claims.get('exp')];
  return typeof start === 'number' && typeof end === 'number' ? end - start : Number.POSITIVE_INFINITY;
}

function isNamed({ header }: JwtParts, { raw }: X509Certificate): boolean {
  const thumbprint = (algorithm: string) => createHash(algorithm).update(raw).digest('base64url');
  return header.has('x5t#S256')
    ? header.get('x5t#S256') === thumbprint('sha256')
    : header.get('x5t') === thumbprint('sha1');
}

function isSigned({ header, input, signature }: JwtParts, { publicKey }: X509Certificate): boolean {
  const data = Buffer.from(input);
  if (header.get('alg') === 'RS256') return verify('sha256', data, publicKey, signature);
  if (header.get('alg') !== 'PS256') return false;
  const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
  return verify('sha256', data, { key: publicKey, ...pss }, signature);
}
