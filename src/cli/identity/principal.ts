import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import { ok } from '../../diagnostics/diagnostic.ts';
import type { Item } from './item.ts';
import type { Inspection } from './mode.ts';
import type { ClusterRole } from './role.ts';

/** A service principal that exists already. */
export interface PrincipalQuestion {
  readonly clientId: string;
  /** What the config says; Entra says it where the proof is here. */
  readonly objectId: string | null;
  /** Signs in as it; null where only the node can (a federated token). */
  readonly prove: () => Promise<Result<{ readonly objectId: string } | null>>;
  /** Null where the cluster is none of Azure's. */
  readonly role: ClusterRole | null;
  /** Whether its role is to be taken back, for which it need not sign in any more. */
  readonly removes: boolean;
}

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
async function proofOf({ prove, objectId, removes }: PrincipalQuestion) {
  const proven = await prove();
  if (proven.ok || !removes) return proven;
  const errors = proven.errors.map(removable);
  return objectId === null ? ({ ok: false, errors } as const) : ok(null);
}

/** A service principal: it is checked, and gets its role. */
export async function inspectPrincipal(question: PrincipalQuestion): Promise<Result<Inspection>> {
  const { clientId, role } = question;
  const proven = await proofOf(question);
  if (!proven.ok) return proven;
  const real = proven.value?.objectId.toLowerCase() ?? null;
  if (real !== null && question.objectId !== null && real !== question.objectId)
    return { ok: false, errors: [contradicts(question.objectId, real)] };
  const objectId = real ?? question.objectId;
  const assigned = role === null || objectId === null ? ok(null) : await role.find(objectId);
  if (!assigned.ok) return assigned;
  const isThere = role !== null && objectId !== null;
  const signsIn: Item = {
    action: 'keep',
    kind: 'service principal',
    name: clientId,
    detail: `signs in, object id ${real}`,
  };
  return ok(
    {
      items: [
        ...(real === null ? [] : [signsIn]),
        ...(isThere ? [role.item(assigned.value === null ? 'create' : 'keep')] : []),
      ],
      leftovers: isThere && assigned.value?.own === true ? [role.item('delete')] : [],
      objectId,
      identify: async () => ok({ objectId, made: new Map() }),
      grant: async (id, show) =>
        role === null || assigned.value !== null ? ok(null) : role.assign(id, show),
      remove: async (show) => (isThere ? role.withdraw(objectId, assigned.value, show) : ok(null)),
    },
    objectId === null ? [unknown(clientId)] : [],
  );
}
