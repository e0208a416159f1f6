import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import { ok } from '../../diagnostics/diagnostic.ts';
import type { ServicePrincipal } from '../../node/auth/service-principal.ts';
import type { Item } from './item.ts';
import type { IdentityContext, Inspection } from './mode.ts';
import { proveServicePrincipal } from './principal-proof.ts';
import { clusterRole, inspectRole } from './role.ts';

const unknown = (clientId: string): Diagnostic => ({
  severity: 'warning',
  code: 'identity/object-id',
  path: 'auth',
  message: 'who this service principal is to the cluster is not known: only the node can sign in as it',
  hint: `add \`objectId: GUID\`; \`az ad sp show --id ${clientId} --query id -o tsv\` prints it`,
});

const contradicts = (written: string, real: string): Diagnostic => ({
  severity: 'error',
  code: 'identity/object-id',
  path: 'auth.objectId',
  message: `Entra says that this service principal has the object id ${real}, not ${written}`,
  hint: 'correct it or leave it out: an application has another object id than its service principal',
});

const removable = ({ hint = '', ...error }: Diagnostic): Diagnostic => ({
  ...error,
  hint: `${hint === '' ? '' : `${hint}; `}with \`auth.objectId\` its role can be taken back without`,
});

/** Signs in; of one whose role is to go, the config's word is enough where that fails. */
async function proven(
  auth: ServicePrincipal,
  context: IdentityContext,
): ReturnType<typeof proveServicePrincipal> {
  const said = await proveServicePrincipal(auth, context);
  if (said.ok || !context.removes) return said;
  return auth.objectId === null ? { ok: false, errors: said.errors.map(removable) } : ok(null);
}

/** The node's service principal, which exists already: it must be able to sign in, and gets its role on the cluster. */
export async function inspectServicePrincipal(
  auth: ServicePrincipal,
  context: IdentityContext,
): Promise<Result<Inspection>> {
  const { clusterId, facts } = context;
  const { clientId, objectId: written } = auth;
  const operator = await context.operator();
  if (!operator.ok) return operator;
  const said = await proven(auth, context);
  if (!said.ok) return said;
  const real = said.value?.objectId.toLowerCase() ?? null;
  if (real !== null && written !== null && real !== written)
    return { ok: false, errors: [contradicts(written, real)] };
  const objectId = real ?? written;
  const holder = { name: `service principal ${clientId}`, age: 'old' } as const;
  const role = clusterId === null ? null : clusterRole(operator.value, clusterId, facts, holder);
  const granted = await inspectRole(role, objectId);
  if (!granted.ok) return granted;
  const signsIn: Item = {
    action: 'keep',
    kind: 'service principal',
    name: clientId,
    detail: `signs in, object id ${real}`,
  };
  const items = [...(real === null ? [] : [signsIn]), ...granted.value.items];
  const identify: Inspection['identify'] = async () => ok({ objectId, made: new Map() });
  return ok({ ...granted.value, items, identify }, objectId === null ? [unknown(clientId)] : []);
}
