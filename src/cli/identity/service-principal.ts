import type { Access, Principal } from '../../azure/index.ts';
import type { Result } from '../../diagnostics/diagnostic.ts';
import { ok } from '../../diagnostics/diagnostic.ts';
import type { ServicePrincipal } from '../../node/auth/service-principal.ts';
import { textOf } from '../open-config.ts';
import type { IdentityContext, Inspection } from './mode.ts';
import { inspectPrincipal } from './principal.ts';
import { clusterRole } from './role.ts';

/** What the node proves itself with; null where only the node has it. */
function proofOf({ proof }: ServicePrincipal, { texts }: IdentityContext): Principal['proof'] | null {
  const text = textOf(texts);
  switch (proof.kind) {
    case 'secret':
      return { kind: 'secret', secret: text(proof.secret) };
    case 'certificate':
      return { kind: 'certificate', pem: text(proof.pem) };
    case 'federated':
      return null;
  }
}

/** Asks Entra for a token as a service principal of the node's. */
export async function provePrincipalOf(
  access: Access,
  principal: Principal,
  scope: string,
): Promise<Result<{ readonly objectId: string }>> {
  const { provePrincipal } = await import('../../azure/index.ts');
  return provePrincipal(access, principal, scope);
}

/** The node's service principal: it must be able to sign in, and gets its role on the cluster. */
export async function inspectServicePrincipal(
  auth: ServicePrincipal,
  context: IdentityContext,
): Promise<Result<Inspection>> {
  const { clusterId, facts, texts } = context;
  const { clientId, tenantId, authority, authorityCa } = auth;
  const operator = await context.operator();
  if (!operator.ok) return operator;
  const proof = proofOf(auth, context);
  const { aksScope } = await import('../../azure/index.ts');
  // The node asks where the config says, which need not be where the operator signs in.
  const access: Access = {
    ...operator.value.access,
    authority,
    ca: authorityCa === null ? null : textOf(texts)(authorityCa),
  };
  const prove = () =>
    proof === null
      ? Promise.resolve(ok(null))
      : provePrincipalOf(access, { clientId, tenantId, proof }, aksScope);
  return inspectPrincipal({
    clientId,
    objectId: auth.objectId,
    prove,
    role:
      clusterId === null
        ? null
        : clusterRole(operator.value, clusterId, facts, `service principal ${clientId}`),
  });
}
