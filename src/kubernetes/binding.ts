/** Who a binding is for, as RBAC writes it (rbac.authorization.k8s.io/v1 Subject). */
export interface Subject {
  readonly kind: 'Group' | 'User' | 'ServiceAccount';
  readonly apiGroup?: string;
  readonly name: string;
  readonly namespace?: string;
}

/** A ClusterRoleBinding as flexgen wants it. */
export interface WantedBinding {
  readonly name: string;
  /** The ClusterRole that is granted. */
  readonly role: string;
  readonly subjects: readonly Subject[];
}

/** A ClusterRoleBinding as the API server has it. */
export interface FoundBinding {
  readonly metadata: {
    readonly name: string;
    readonly uid: string;
    readonly resourceVersion: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly roleRef: { readonly apiGroup: string; readonly kind: string; readonly name: string };
  readonly subjects?: readonly Subject[];
}

/** Whether an answer of the API server is a binding; it always is, and the compiler wants to hear it. */
export function isFoundBinding(value: unknown): value is FoundBinding {
  return typeof value === 'object' && value !== null && 'metadata' in value && 'roleRef' in value;
}

export const rbacGroup = 'rbac.authorization.k8s.io';

/** What marks a binding as flexgen's, and is the name of its field manager. */
export const managerLabel = 'app.kubernetes.io/managed-by';
export const manager = 'flexgen';

/** Whether flexgen has made it; only then may it be changed or deleted. */
export function isOurs({ metadata }: FoundBinding): boolean {
  return metadata.labels?.[managerLabel] === manager && metadata.name.startsWith(`${manager}:`);
}
