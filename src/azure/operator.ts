import { setTimeout as delay } from 'node:timers/promises';
import type { AccessToken } from '@azure/identity';
import type { Result } from '../diagnostics/diagnostic.ts';
import type { Access } from './access.ts';
import { signIn } from './credential.ts';
import type { Wait } from './transport.ts';

/** Who works at the workstation, signed in once for each thing that tokens are for. */
export interface Operator {
  readonly access: Access;
  /** The one that `az` is asked for. */
  readonly subscriptionId: string;
  /** Passes the time between attempts. */
  readonly wait: Wait;
  /** Signs in at the first call for a scope, by default Resource Manager's. */
  token(scope?: string): Promise<Result<AccessToken>>;
}

export function operatorOf(access: Access, subscriptionId: string, wait: Wait = delay): Operator {
  const tokens = new Map<string, Promise<Result<AccessToken>>>();
  return {
    access,
    subscriptionId,
    wait,
    token: (scope = access.scope) => {
      const token = tokens.get(scope) ?? signIn({ ...access, scope }, subscriptionId);
      tokens.set(scope, token);
      return token;
    },
  };
}
