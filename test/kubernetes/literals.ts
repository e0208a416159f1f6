import type { FoundBinding, Subject } from '../../src/kubernetes/binding.ts';

const apiGroup = 'rbac.authorization.k8s.io';

export const objectId = '9c0d1e2f-3a4b-4c5d-8e6f-7a8b9c0d1e2f';
export const group = (name: string): Subject => ({ kind: 'Group', apiGroup, name });
export const user = (name: string): Subject => ({ kind: 'User', apiGroup, name });

/** A binding as the API server answers it; made by flexgen unless `labels` says otherwise. */
export function found(
  name: string,
  role: string,
  subjects: readonly Subject[],
  labels: Readonly<Record<string, string>> = { 'app.kubernetes.io/managed-by': 'flexgen' },
): FoundBinding {
  return {
    metadata: { name, uid: `uid of ${name}`, resourceVersion: '7', labels },
    roleRef: { apiGroup, kind: 'ClusterRole', name: role },
    subjects,
  };
}
