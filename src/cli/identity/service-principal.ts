import type { Access, Principal } from '../../azure/index.ts';
import type { Result } from '../../diagnostics/diagnostic.ts';
import { ok } from '../../diagnostics/diagnostic.ts';
import type { ServicePrincipal } from '../../node/auth/service-principal.ts';
import { textOf } from '../open-config.ts';
import type { IdentityContext, Inspection } from './mode.ts';
import { inspectPrincipal } from './principal.ts';
import { clusterRole } from './role.ts';

/** What the node proves itself with; null where only the node has it. */
function proofOf(
  { proof }: ServicePrincipal,
  { texts }: Pick<IdentityContext, 'texts'>,
): Principal['proof'] | null {
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

/** Where a service principal signs in and what it proves itself with. */
type PrincipalContext = Pick<IdentityContext, 'texts' | 'operator'>;

/** Signs in as the node's service principal; null where only the node can. */
export async function proveServicePrincipal(
  auth: ServicePrincipal,
  context: PrincipalContext,
): Promise<Result<{ readonly objectId: string } | null>> {
  const proof = proofOf(auth, context);
  if (proof === null) return ok(null);
  const operator = await context.operator();
  if (!operator.ok) return operator;
  const { clientId, tenantId, authority, authorityCa } = auth;
  const { aksScope } = await import('../../azure/index.ts');
  // The node asks where the config says, which need not be where the operator signs in.
  const ca = authorityCa === null ? null : textOf(context.texts)(authorityCa);
  const access: Access = { ...operator.value.access, authority, ca };
  return provePrincipalOf(access, { clientId, tenantId, proof }, aksScope);
}

/** The node's service principal: it must be able to sign in, and gets its role on the cluster. */
export async function inspectServicePrincipal(
  auth: ServicePrincipal,
  context: IdentityContext,
): Promise<Result<Inspection>> {
  const { clusterId, facts } = context;
  const { clientId } = auth;
  const operator = await context.operator();
  if (!operator.ok) return operator;
  return inspectPrincipal({
    clientId,
    objectId: auth.objectId,
    prove: () => proveServicePrincipal(auth, context),
    role:
      clusterId === null
        ? null
        : clusterRole(operator.value, clusterId, facts, `service principal ${clientId}`),
  });
}
