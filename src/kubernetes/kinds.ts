/** How the API server knows the kinds of objects that flexgen makes; all are of version v1. */
const kinds = {
  ClusterRoleBinding: {
    group: 'rbac.authorization.k8s.io',
    resource: 'clusterrolebindings',
    immutable: ['roleRef'],
    hasStatus: false,
  },
  Secret: { group: '', resource: 'secrets', immutable: ['type'], hasStatus: false },
  ServiceAccount: { group: '', resource: 'serviceaccounts', immutable: [], hasStatus: false },
  ConfigMap: { group: '', resource: 'configmaps', immutable: [], hasStatus: false },
  DaemonSet: { group: 'apps', resource: 'daemonsets', immutable: ['spec.selector'], hasStatus: true },
  RuntimeClass: {
    group: 'node.k8s.io',
    resource: 'runtimeclasses',
    immutable: ['handler'],
    hasStatus: false,
  },
  ValidatingAdmissionPolicy: {
    group: 'admissionregistration.k8s.io',
    resource: 'validatingadmissionpolicies',
    immutable: [],
    hasStatus: true,
  },
  ValidatingAdmissionPolicyBinding: {
    group: 'admissionregistration.k8s.io',
    resource: 'validatingadmissionpolicybindings',
    immutable: [],
    hasStatus: false,
  },
} as const satisfies Record<string, KindFacts>;

interface KindFacts {
  /** Empty: the core API. */
  readonly group: string;
  readonly resource: string;
  /** The fields that can't be changed in place. */
  readonly immutable: readonly string[];
  /** A controller writes into the object, and each time it is another version of it. */
  readonly hasStatus: boolean;
}

export type Kind = keyof typeof kinds;

/** The facts of a kind, without the literal types of the table. */
export const factsOf = (kind: Kind): KindFacts => kinds[kind];

export function apiVersionOf(kind: Kind): string {
  const { group } = kinds[kind];
  return group === '' ? 'v1' : `${group}/v1`;
}

/** What makes one object: cluster-wide where its namespace is null. */
export interface ObjectId {
  readonly kind: Kind;
  readonly namespace: string | null;
  readonly name: string;
}

/** The path of all objects of a kind, in one namespace where it has them. */
export function collectionPath(kind: Kind, namespace: string | null): string {
  const { group, resource } = kinds[kind];
  const api = group === '' ? '/api/v1' : `/apis/${group}/v1`;
  return `${api}${namespace === null ? '' : `/namespaces/${namespace}`}/${resource}`;
}

/** The path of one object; names have colons, and may have anything else where others made them. */
export function objectPath({ kind, namespace, name }: ObjectId): string {
  return `${collectionPath(kind, namespace)}/${encodeURIComponent(name)}`;
}

/** What is asked for, in a refusal's words. */
export function resourceOf(kind: Kind, namespace: string | null): string {
  return `${kinds[kind].resource}${namespace === null ? '' : ` in ${namespace}`}`;
}

/** The object in words: `secret kube-system/name`. */
export function titleOf({ kind, namespace, name }: ObjectId): string {
  return `${kind.toLowerCase()} ${namespace === null ? '' : `${namespace}/`}${name}`;
}
