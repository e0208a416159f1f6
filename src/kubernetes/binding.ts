import { isMap } from '../config/data.ts';
import type { DataMap } from '../config/data.ts';
import type { WantedObject } from './object.ts';

/** Who a binding is for, as RBAC writes it (rbac.authorization.k8s.io/v1 Subject). */
export interface Subject {
  readonly kind: 'Group' | 'User' | 'ServiceAccount';
  readonly apiGroup?: string;
  readonly name: string;
  readonly namespace?: string;
}

const rbacGroup = 'rbac.authorization.k8s.io';

export const group = (name: string): Subject => ({ kind: 'Group', apiGroup: rbacGroup, name });
export const user = (name: string): Subject => ({ kind: 'User', apiGroup: rbacGroup, name });

/** The ClusterRoleBinding that grants a ClusterRole. */
export function binding(
  name: string,
  role: string,
  subjects: readonly Subject[],
  labels: WantedObject['labels'] = {},
): WantedObject {
  const roleRef = { apiGroup: rbacGroup, kind: 'ClusterRole', name: role };
  return { kind: 'ClusterRoleBinding', namespace: null, name, labels, content: { roleRef, subjects } };
}

const isSubject = (value: unknown): value is Subject => isMap(value) && typeof value['name'] === 'string';

/** What a binding grants, and to whom. */
export function granted({ roleRef, subjects }: DataMap): {
  readonly role: string;
  readonly subjects: readonly Subject[];
} {
  const { kind, name } = isMap(roleRef) ? roleRef : {};
  return {
    role: kind === 'ClusterRole' ? String(name) : `${String(kind)} ${String(name)}`,
    subjects: Array.isArray(subjects) ? subjects.filter(isSubject) : [],
  };
}
