import { resourceId as checkResourceId } from '../config/values/resource-id.ts';
import type { Ask } from './arm-problem.ts';
import { clusterAsk } from './cluster-ask.ts';
import { assignments, clusters } from './least-roles.ts';
import { assignmentName } from './role-name.ts';
import { targetOf } from './target.ts';

/** Every role that flexgen assigns, with the id that it has in each tenant and cloud. */
export const roles = {
  clusterUser: {
    name: clusters.role,
    id: '4abbcc35-e782-43d8-92c5-2d3f1bd2253f',
  },
} as const satisfies Record<string, { name: string; id: string }>;

/** A role for an identity at a scope, whether it is assigned or not. */
export interface Grant {
  /** `/subscriptions/…`. */
  readonly scope: string;
  /** Object id of a service principal, a managed identity's among them. */
  readonly principalId: string;
  readonly role: keyof typeof roles;
  /** The machine whose identity it is, so that its grants are found when that identity is no more. */
  readonly machineId?: string;
}

/** By what an assignment is known to be flexgen's, and whose, beside its name. */
export const descriptionOf = ({ machineId }: Pick<Grant, 'machineId'>): string =>
  machineId === undefined
    ? 'flexgen: a machine that is a node of this cluster'
    : `flexgen: ${machineId} is a node of this cluster`;

export const nameOf = ({ scope, principalId, role }: Grant): string =>
  assignmentName(scope, principalId, roles[role].id);

export const subscriptionOf = (scope: string): string => scope.split('/')[2] ?? '';

export const definitionOf = ({ scope, role }: Grant): string =>
  `/subscriptions/${subscriptionOf(scope)}/providers/Microsoft.Authorization/roleDefinitions/${roles[role].id}`;

/** What is asked about a role assignment. */
export function grantAsk({ scope }: Pick<Grant, 'scope'>, verb: 'read' | 'write' | 'delete'): Ask {
  const { role } = assignments;
  const action = assignments.action(verb);
  if (checkResourceId(scope) === undefined) {
    const { network: _, ...ask } = clusterAsk(targetOf(scope), action, role);
    return ask;
  }
  return { subscriptionId: subscriptionOf(scope), action, role, scope, thing: scope };
}
