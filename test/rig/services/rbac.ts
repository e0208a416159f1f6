/** The group that flexgen's bootstrap tokens bring with them. */
export const bootstrapGroup = 'system:bootstrappers:flexgen';

export interface FlexgenRbac {
  /** Object ids of Entra identities that nodes join with. */
  readonly objectIds?: readonly string[];
  /** Object ids whose nodes make every call with them (`credentialUse: always`), which takes ClusterRole system:node. */
  readonly alwaysObjectIds?: readonly string[];
}

interface Subject {
  readonly kind: 'Group' | 'User';
  readonly name: string;
  readonly apiGroup: 'rbac.authorization.k8s.io';
}

/**
 * What a cluster grants to flexgen's nodes: whoever joins may create a node's certificate request and has it approved,
 * and a node may renew its own. One document for `kubectl apply -f -`.
 */
export function flexgenRbac({ objectIds = [], alwaysObjectIds = [] }: FlexgenRbac): object {
  const joining = [group(bootstrapGroup), ...objectIds.map(user)];
  const csr = 'system:certificates.k8s.io:certificatesigningrequests';
  return {
    apiVersion: 'v1',
    kind: 'List',
    items: [
      binding('flexgen:node-bootstrapper', 'system:node-bootstrapper', joining),
      binding('flexgen:nodeclient', `${csr}:nodeclient`, joining),
      binding('flexgen:selfnodeclient', `${csr}:selfnodeclient`, [group('system:nodes')]),
      ...(alwaysObjectIds.length === 0
        ? []
        : [binding('flexgen:always', 'system:node', alwaysObjectIds.map(user))]),
    ],
  };
}

/** Lets the API server's own certificate read logs and run commands through the kubelets. */
export function kubeletClientRbac(commonName: string): object {
  return binding('rig:kubelet-client', 'system:kubelet-api-admin', [user(commonName)]);
}

/** Whoever is signed in to the fake `az` may do everything, as who made an AKS cluster may. */
export function operatorRbac(objectId: string): object {
  return binding('rig:operator', 'cluster-admin', [user(objectId)]);
}

export function binding(name: string, role: string, subjects: readonly Subject[]): object {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role },
    subjects,
  };
}

export function group(name: string): Subject {
  return { kind: 'Group', name, apiGroup: 'rbac.authorization.k8s.io' };
}

export function user(name: string): Subject {
  return { kind: 'User', name, apiGroup: 'rbac.authorization.k8s.io' };
}
