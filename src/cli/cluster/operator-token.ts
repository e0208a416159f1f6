import { aksScope } from '../../azure/aks-scope.ts';
import type { Result } from '../../diagnostics/diagnostic.ts';
import { ok } from '../../diagnostics/diagnostic.ts';
import type { OperatorSource } from '../azure-operator.ts';

/** Entra's token by which the API server of a cluster with Entra knows the operator. */
export async function operatorToken(operator: OperatorSource): Promise<Result<string>> {
  const signedIn = await operator();
  if (!signedIn.ok) return signedIn;
  const token = await signedIn.value.token(aksScope);
  return token.ok ? ok(token.value.token, token.warnings) : token;
}
