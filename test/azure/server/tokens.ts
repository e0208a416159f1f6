import { randomUUID } from 'node:crypto';
import { createTokenSigner } from '../../rig/services/jwt.ts';
import type { TokenSigner } from '../../rig/services/jwt.ts';
import { issuerOf } from './issuer.ts';

/** Who a token speaks for. */
export interface Principal {
  readonly tenantId: string;
  readonly objectId: string;
  /** As ARM names the caller: an application's client id or a user's name. */
  readonly name: string;
}

/** The application as which `az` and `azd` sign a user in. */
const azureCli = '04b07795-8ddb-461a-bbee-02f9e1bf7b46';

export interface IssuedToken {
  readonly principal: Principal;
  /** The scope without `/.default`. */
  readonly audience: string;
  /** Seconds since the epoch. */
  readonly expiresOn: number;
}

/** The access tokens of the tenant: ARM takes none that was not issued here. */
export interface Tokens {
  /** Seconds. */
  readonly expiresIn: number;
  /** RFC 7517 key set to check them with. */
  readonly keySet: object;
  issue(principal: Principal, audience: string): { readonly token: string; readonly expiresOn: number };
  find(token: string): IssuedToken | undefined;
  /** All that were issued. */
  all(): readonly string[];
}

let key: TokenSigner | undefined;

export function createTokens(expiresIn: number): Tokens {
  // One for all tenants of a process: to make an RSA key takes a while.
  const signer = (key ??= createTokenSigner());
  const issued = new Map<string, IssuedToken>();
  return {
    expiresIn,
    keySet: signer.keySet,
    issue: (principal, audience) => {
      const now = Math.floor(Date.now() / 1000);
      const expiresOn = now + expiresIn;
      const { tenantId: tid, objectId: oid, name } = principal;
      const times = { iat: now, nbf: now, exp: expiresOn };
      const token = signer.sign({
        aud: audience,
        iss: issuerOf(tid),
        ...times,
        oid,
        ...(name.includes('@') ? { upn: name, appid: azureCli } : { appid: name }),
        sub: oid,
        tid,
        ver: '1.0',
        uti: randomUUID(),
      });
      issued.set(token, { principal, audience, expiresOn });
      return { token, expiresOn };
    },
    find: (token) => issued.get(token),
    all: () => [...issued.keys()],
  };
}
