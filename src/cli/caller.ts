import { isMap } from '../config/data.ts';

/** Who a token is for, as its claims say. */
export interface Caller {
  readonly objectId: string | null;
  readonly tenantId: string | null;
  /** A user's name, or an application's id. */
  readonly name: string | null;
}

const nobody: Caller = { objectId: null, tenantId: null, name: null };

/** Reads a token's claims, which only who it is for may check. Of the token itself nothing is kept. */
export function callerOf(token: string): Caller {
  const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8');
  let claims: unknown;
  try {
    claims = JSON.parse(payload);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  if (!isMap(claims)) return nobody;
  const { oid, tid, upn, unique_name: mail, appid } = claims;
  const [objectId = null, tenantId = null] = [oid, tid].map((id) => (typeof id === 'string' ? id : null));
  const user = [upn, mail].find((name) => typeof name === 'string');
  // Every token has the id of an application; a user's has that of the program that they signed in with.
  const application = typeof appid === 'string' ? `application ${appid}` : null;
  return { objectId, tenantId, name: user ?? application };
}
