import { claimsOf } from '../azure/claims.ts';

/** Who a token is for, as its claims say. */
export interface Caller {
  readonly objectId: string | null;
  readonly tenantId: string | null;
  /** A user's name, or an application's id. */
  readonly name: string | null;
}

/** Who it is whose token this is. Of the token itself nothing is kept. */
export function callerOf(token: string): Caller {
  const { oid, tid, upn, unique_name: mail, appid } = claimsOf(token);
  const [objectId = null, tenantId = null] = [oid, tid].map((id) => (typeof id === 'string' ? id : null));
  const user = [upn, mail].find((name) => typeof name === 'string');
  // Every token has the id of an application; a user's has that of the program that they signed in with.
  const application = typeof appid === 'string' ? `application ${appid}` : null;
  return { objectId, tenantId, name: user ?? application };
}
