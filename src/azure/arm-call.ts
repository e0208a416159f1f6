import type { TokenCredential } from '@azure/identity';
import type { Result } from '../diagnostics/diagnostic.ts';
import { ok } from '../diagnostics/diagnostic.ts';
import { armProblem } from './arm-problem.ts';
import type { Ask } from './arm-problem.ts';
import type { Operator } from './operator.ts';
import { createTransport } from './transport.ts';
import type { Transport } from './transport.ts';

/** What the SDKs of Resource Manager make a client of. */
export interface ArmSettings {
  readonly credential: TokenCredential;
  readonly options: Transport['options'] & { readonly endpoint: string; readonly credentialScopes: string };
}

/** Calls Resource Manager as the operator; what it refuses is explained by what was asked for. */
export async function armCall<T>(
  operator: Operator,
  ask: Ask,
  call: (settings: ArmSettings) => Promise<T>,
): Promise<Result<T>> {
  const token = await operator.token();
  if (!token.ok) return token;
  const { ca, resourceManager, scope } = operator.access;
  const { options, failure } = createTransport(ca, operator.wait);
  try {
    const credential = { getToken: async () => token.value };
    const clients = { ...options, endpoint: resourceManager, credentialScopes: scope };
    return ok(await call({ credential, options: clients }));
  } catch (error) {
    return { ok: false, errors: [armProblem(error, ask, failure())] };
  }
}
