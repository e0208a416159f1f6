import type { Auth } from '../node/auth/index.ts';

/** A way to authenticate, as far as the cluster's bindings go. */
export interface Bound {
  readonly mode: Auth['mode'];
  readonly credentialUse: 'bootstrap' | 'always';
  readonly clientId?: string | null;
}
