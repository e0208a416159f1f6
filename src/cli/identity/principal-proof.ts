import { aksScope } from '../../azure/aks-scope.ts';
import type { Access, Principal } from '../../azure/index.ts';
import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import { ok } from '../../diagnostics/diagnostic.ts';
import type { ServicePrincipal } from '../../node/auth/service-principal.ts';
import { textOf } from '../open-config.ts';
import type { Texts } from '../open-config.ts';
import type { IdentityContext } from './mode.ts';

/** What the node proves itself with, where not only the node has it. */
export function proofOf(
  proof: Exclude<ServicePrincipal['proof'], { readonly kind: 'federated' }>,
  texts: Texts,
): Principal['proof'] {
  const text = textOf(texts);
  return proof.kind === 'secret'
    ? { kind: 'secret', secret: text(proof.secret) }
    : { kind: 'certificate', pem: text(proof.pem) };
}

/** Asks Entra for a token as a service principal of the node's, which the config has at `path`. */
export async function provePrincipalOf(
  access: Access,
  principal: Principal,
  { scope, path }: { readonly scope: string; readonly path: string },
): Promise<Result<{ readonly objectId: string }>> {
  const { provePrincipal } = await import('../../azure/index.ts');
  const proven = await provePrincipal(access, principal, scope);
  // It is not the operator who can't sign in.
  return proven.ok
    ? proven
    : { ok: false, errors: proven.errors.map((error) => ({ ...error, path: error.path ?? path })) };
}

/** What mends the way to the authority that the node asks, which need not be where the operator signs in. */
const remedies: Readonly<Record<string, string>> = {
  'azure/network': 'check the network, HTTPS_PROXY and `auth.authority`: the node asks there as well',
  'azure/tls': 'name the authority that signs it in `auth.authorityCa`: the node needs it as well',
};

const withRemedy = (error: Diagnostic): Diagnostic => {
  const hint = remedies[error.code] ?? error.hint;
  return hint === undefined ? error : { ...error, hint };
};

/** Where a service principal signs in and what it proves itself with. */
type PrincipalContext = Pick<IdentityContext, 'texts' | 'operator'>;

/** Signs in as the node's service principal; null where only the node can. */
export async function proveServicePrincipal(
  auth: ServicePrincipal,
  context: PrincipalContext,
): Promise<Result<{ readonly objectId: string } | null>> {
  if (auth.proof.kind === 'federated') return ok(null);
  const operator = await context.operator();
  if (!operator.ok) return operator;
  const { clientId, tenantId, authority, authorityCa } = auth;
  // The node asks where the config says, which need not be where the operator signs in.
  const ca = authorityCa === null ? null : textOf(context.texts)(authorityCa);
  const access: Access = { ...operator.value.access, authority, ca };
  const principal = { clientId, tenantId, proof: proofOf(auth.proof, context.texts) };
  const proven = await provePrincipalOf(access, principal, { scope: aksScope, path: 'auth' });
  return proven.ok ? proven : { ok: false, errors: proven.errors.map(withRemedy) };
}
