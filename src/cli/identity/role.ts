import type { Assignment, Grant, Operator } from '../../azure/index.ts';
import { clusters } from '../../azure/least-roles.ts';
import type { ClusterFacts } from '../../config/facts.ts';
import type { Result } from '../../diagnostics/diagnostic.ts';
import { ok } from '../../diagnostics/diagnostic.ts';
import type { Item } from './item.ts';
import type { Inspection, Show } from './mode.ts';

/** The role of one identity on its cluster. */
export interface ClusterRole {
  /** The cluster's resource id. */
  readonly scope: string;
  readonly item: (action: Item['action']) => Item;
  /** The assignment, whatever name it has; null where there is none. */
  find(objectId: string): Promise<Result<Assignment | null>>;
  /** What flexgen assigned to identities that its machine had. */
  findFormer(): Promise<Result<readonly Assignment[]>>;
  /** Assigns it; Azure may take a minute to know a new identity. */
  assign(objectId: string, show: Show): Promise<Result<null>>;
  /** Takes back the assignment that flexgen made; `found` is what `find` found. */
  withdraw(objectId: string, found: Assignment | null, show: Show): Promise<Result<null>>;
}

/** Who has a role, in words: `machine edge-01`; and whether Azure may be yet to hear of it everywhere. */
interface Holder {
  readonly name: string;
  readonly age: 'new' | 'old';
  readonly machineId?: string;
}

export function clusterRole(
  operator: Operator,
  scope: string,
  { name }: ClusterFacts,
  holder: Holder,
): ClusterRole {
  const { machineId } = holder;
  const wanted = { scope, role: 'clusterUser', ...(machineId === undefined ? {} : { machineId }) } as const;
  const grantTo = (principalId: string): Grant => ({ ...wanted, principalId });
  const item: ClusterRole['item'] = (action) => ({
    action,
    kind: 'role assignment',
    name: clusters.role,
    detail: `${holder.name} on ${name}`,
  });
  const find: ClusterRole['find'] = async (objectId) => {
    const { readAssignment } = await import('../../azure/index.ts');
    return readAssignment(operator, grantTo(objectId));
  };
  return {
    scope,
    item,
    find,
    async findFormer() {
      if (machineId === undefined) return ok([]);
      const { machineAssignments } = await import('../../azure/index.ts');
      return machineAssignments(operator, wanted);
    },
    async assign(objectId, show) {
      const { createAssignment } = await import('../../azure/index.ts');
      const created = await createAssignment(operator, grantTo(objectId), holder.age);
      if (!created.ok) return created;
      await show(item('create'));
      return ok(null);
    },
    async withdraw(objectId, found, show) {
      // Lists lag: it is tried where none was found.
      if (found?.own === false) return ok(null);
      const { deleteAssignment } = await import('../../azure/index.ts');
      const deleted = await deleteAssignment(operator, grantTo(objectId));
      if (!deleted.ok) return deleted;
      // Of an answer that was lost, the next one says that there is none any more.
      if (deleted.value || found !== null) await show(item('delete'));
      return ok(null);
    },
  };
}

/** What there is of an identity whose role alone is made here, whoever made the rest; null: there is no role, or nobody. */
export async function inspectRole(
  role: ClusterRole | null,
  objectId: string | null,
): Promise<Result<Omit<Inspection, 'identify'>>> {
  const assigned = role === null || objectId === null ? ok(null) : await role.find(objectId);
  if (!assigned.ok) return assigned;
  const isThere = role !== null && objectId !== null;
  return ok({
    items: isThere ? [role.item(assigned.value === null ? 'create' : 'keep')] : [],
    leftovers: isThere && assigned.value?.own === true ? [role.item('delete')] : [],
    objectId,
    grant: async (principalId, show) =>
      role === null || assigned.value !== null ? ok(null) : role.assign(principalId, show),
    remove: async (show) => (isThere ? role.withdraw(objectId, assigned.value, show) : ok(null)),
  });
}
