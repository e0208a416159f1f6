import { binding } from '../../src/kubernetes/binding.ts';
import type { Subject } from '../../src/kubernetes/binding.ts';
import type { FoundObject, WantedObject } from '../../src/kubernetes/object.ts';

const apiGroup = 'rbac.authorization.k8s.io';

export const objectId = '9c0d1e2f-3a4b-4c5d-8e6f-7a8b9c0d1e2f';
export const group = (name: string): Subject => ({ kind: 'Group', apiGroup, name });
export const user = (name: string): Subject => ({ kind: 'User', apiGroup, name });

/** An object as the API server would answer it; made by flexgen unless `labels` says otherwise. */
export function there(
  { kind, namespace, name, content, labels }: WantedObject,
  own: Readonly<Record<string, string>> = { 'app.kubernetes.io/managed-by': 'flexgen', ...labels },
): FoundObject {
  return { kind, namespace, name, uid: `uid of ${name}`, resourceVersion: '7', labels: own, content };
}

/** A binding as the API server answers it; made by flexgen unless `labels` says otherwise. */
export function found(
  name: string,
  role: string,
  subjects: readonly Subject[],
  labels?: Readonly<Record<string, string>>,
): FoundObject {
  return there(binding(name, role, subjects), labels);
}
