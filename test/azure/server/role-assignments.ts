import { randomUUID } from 'node:crypto';
import { sameName } from './arm-route.ts';

/** A role assignment as the stand-in holds it. */
export interface RoleAssignment {
  readonly id: string;
  readonly name: string;
  /** With a slash before it. */
  readonly scope: string;
  readonly principalId: string;
  readonly principalType: string;
  readonly roleDefinitionId: string;
  readonly description: string | null;
  readonly createdBy: string;
  readonly createdOn: string;
}

export interface RoleControls {
  /** Every assignment, oldest first. */
  readonly roleAssignments: readonly RoleAssignment[];
  /** Puts an assignment there that nobody asked ARM for; the name is random unless given. */
  assignRole(grant: { scope: string; principalId: string; roleId: string; name?: string }): RoleAssignment;
  /** Takes an assignment away. */
  unassignRole(id: string): void;
  /** The directory knows these principals, too; those of machines it learns by itself. */
  addPrincipal(objectId: string): void;
  /** Identities made from now on are not known for the first `count` assignments: 400 PrincipalNotFound. */
  replicationDelay(count: number): void;
  /** Assignments made from now on are not in the first `count` lists. */
  lagLists(count: number): void;
  /** So many assignments to a page of a list; 100 from the start. */
  setPageSize(size: number): void;
}

export interface RoleStore {
  readonly controls: RoleControls;
  /** A new identity is in the directory, sooner or later. */
  introduce(principalId: string): void;
  /** Whether the directory knows a principal when it is asked now. */
  knows(principalId: string): boolean;
  pageSize(): number;
  find(id: string): RoleAssignment | undefined;
  all(): readonly RoleAssignment[];
  /** Those that a list shows now. */
  listed(): readonly RoleAssignment[];
  put(assignment: RoleAssignment): void;
  remove(id: string): RoleAssignment | undefined;
}

const provider = '/providers/Microsoft.Authorization';

export const assignmentId = (scope: string, name: string): string =>
  `${scope}${provider}/roleAssignments/${name}`;

export const definitionId = (subscriptionId: string, roleId: string): string =>
  `/subscriptions/${subscriptionId}${provider}/roleDefinitions/${roleId}`;

/** The role assignments of the tenant, and the principals that it knows. */
export function createRoleStore(principals: readonly string[]): RoleStore {
  const assignments = new Map<string, RoleAssignment>();
  /** How often each principal must still be asked for before it is known. */
  const unknown = new Map(principals.map((id) => [id.toLowerCase(), 0]));
  const hidden = new Map<string, number>();
  let delay = 0;
  let lag = 0;
  let pageSize = 100;
  const put = (assignment: RoleAssignment): void => {
    assignments.set(assignment.id.toLowerCase(), assignment);
  };
  return {
    introduce: (id) => unknown.set(id.toLowerCase(), delay),
    knows: (id) => {
      const left = unknown.get(id.toLowerCase());
      if (left === undefined) return false;
      unknown.set(id.toLowerCase(), Math.max(0, left - 1));
      return left === 0;
    },
    pageSize: () => pageSize,
    find: (id) => assignments.get(id.toLowerCase()),
    all: () => [...assignments.values()],
    listed: () =>
      [...assignments.values()].filter(({ id }) => {
        const left = hidden.get(id) ?? 0;
        hidden.set(id, left - 1);
        return left <= 0;
      }),
    put: (assignment) => {
      put(assignment);
      hidden.set(assignment.id, lag);
    },
    remove: (id) => {
      const found = assignments.get(id.toLowerCase());
      assignments.delete(id.toLowerCase());
      return found;
    },
    controls: {
      get roleAssignments() {
        return [...assignments.values()];
      },
      assignRole: ({ scope, principalId, roleId, name = randomUUID() }) => {
        const [, , subscriptionId = ''] = scope.split('/');
        const assignment = {
          id: assignmentId(scope, name),
          name,
          scope,
          principalId,
          principalType: 'ServicePrincipal',
          roleDefinitionId: definitionId(subscriptionId, roleId),
          description: null,
          createdBy: '',
          createdOn: new Date().toISOString(),
        };
        put(assignment);
        return assignment;
      },
      unassignRole: (id) => {
        assignments.delete(id.toLowerCase());
      },
      addPrincipal: (id) => {
        unknown.set(id.toLowerCase(), 0);
      },
      replicationDelay: (count) => {
        delay = count;
      },
      lagLists: (count) => {
        lag = count;
      },
      setPageSize: (size) => {
        pageSize = size;
      },
    },
  };
}

export const sameGrant = (a: RoleAssignment, b: RoleAssignment): boolean =>
  sameName(a.scope, b.scope) &&
  sameName(a.principalId, b.principalId) &&
  sameName(a.roleDefinitionId, b.roleDefinitionId);

/** The assignment as ARM sends it (`RoleAssignments_ListForScope` of 2022-04-01). */
export function assignmentBody(assignment: RoleAssignment): object {
  const { id, name, createdOn, createdBy, ...properties } = assignment;
  const times = { createdOn, updatedOn: createdOn, createdBy, updatedBy: createdBy };
  return {
    properties: { ...properties, ...times, delegatedManagedIdentityResourceId: null, condition: null },
    id,
    type: 'Microsoft.Authorization/roleAssignments',
    name,
  };
}
