import { isMap, jsonIn } from '../config/data.ts';
import type { DataMap } from '../config/data.ts';

/** The claims of a token, which only who it is for may check; none where it is no token of this form. */
export function claimsOf(token: string): DataMap {
  const claims = jsonIn(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
  return isMap(claims) ? claims : {};
}
