/** A signed token, taken apart but not yet believed. */
export interface JwtParts {
  readonly header: ReadonlyMap<string, unknown>;
  readonly claims: ReadonlyMap<string, unknown>;
  /** What the signature is over. */
  readonly input: string;
  readonly signature: Buffer;
}

/** Takes a compact JSON Web Token apart; null if it is none. */
export function jwtParts(token: string): JwtParts | null {
  const match = /^([\w-]+)\.([\w-]+)\.([\w-]+)$/.exec(token);
  if (match === null) return null;
  const [, header = '', claims = '', signature = ''] = match;
  try {
    return {
      header: objectOf(header),
      claims: objectOf(claims),
      input: `${header}.${claims}`,
      signature: Buffer.from(signature, 'base64url'),
    };
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function objectOf(part: string): ReadonlyMap<string, unknown> {
  const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  if (typeof value !== 'object' || value === null) throw new SyntaxError('no object');
  return new Map(Object.entries(value));
}

/** Entra's tolerance for a clock that is wrong: five minutes. */
const tolerance = 300;

/** Whether `now` (seconds) is in the token's life, give or take Entra's tolerance. */
export function isInTime(claims: ReadonlyMap<string, unknown>, now: number): boolean {
  const expiry = claims.get('exp');
  const start = claims.get('nbf') ?? now;
  if (typeof expiry !== 'number' || typeof start !== 'number') return false;
  return start <= now + tolerance && expiry >= now - tolerance;
}
