import type { Result } from '../diagnostics/diagnostic.ts';
import { ok } from '../diagnostics/diagnostic.ts';
import type { Access, Principal } from './access.ts';
import { claimsOf } from './claims.ts';
import { signIn } from './credential.ts';
import { azureProblem } from './problem.ts';

/** What Entra says of a service principal that has proved itself. */
export interface Proven {
  /** Of the service principal, by which clusters know it; not the application's. */
  readonly objectId: string;
  /** When the token ends, in milliseconds since the epoch. */
  readonly expiresOn: number;
}

/** Asks Entra for a token as the node will, with the node's own service principal; no other stands in for it. */
export async function provePrincipal(
  access: Access,
  principal: Principal,
  scope: string,
): Promise<Result<Proven>> {
  const token = await signIn({ ...access, scope, identity: { kind: 'service-principal', principal } }, '');
  if (!token.ok) return token;
  const { oid: objectId } = claimsOf(token.value.token);
  if (typeof objectId === 'string') return ok({ objectId, expiresOn: token.value.expiresOnTimestamp });
  const message = `the token of application ${principal.clientId} does not say whose it is`;
  const hint = `give the service principal’s id in \`auth.objectId\`: \`az ad sp show --id ${principal.clientId} --query id\``;
  return { ok: false, errors: [azureProblem('azure/token', message, hint, 'auth')] };
}
