import type { Kept, OpenApiServer } from '../secrets/api-server.ts';
import { read } from '../encode/reader.ts';

/** What a node says of itself. */
export interface Said {
  readonly kubelet?: string;
  readonly address?: string;
  /** Why it is not Ready; default: it is. */
  readonly notReady?: string;
}

const nodePath = (name: string): string => `/api/v1/nodes/${name}`;
const leasePath = (name: string): string =>
  `/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/${name}`;

const nodeObject = (name: string, { kubelet = '1.36.4', address = '10.8.0.7', notReady }: Said): Kept => ({
  metadata: { name, uid: `uid-${name}`, labels: { 'kubernetes.azure.com/managed': 'false' } },
  spec: {},
  status: {
    nodeInfo: { kubeletVersion: `v${kubelet}` },
    addresses: [{ type: 'InternalIP', address }],
    conditions: [
      {
        type: 'Ready',
        status: notReady === undefined ? 'True' : 'False',
        reason: notReady === undefined ? 'KubeletReady' : 'KubeletNotReady',
        message: notReady ?? 'kubelet is posting ready status',
      },
    ],
  },
});

/** The last one stays; each of the others is there for one look, not by the clock, which says nothing of a slow machine. */
function lookByLook(seen: readonly (Kept | null)[], begun: () => boolean = () => true): () => Kept | null {
  let looks = 0;
  return () => {
    if (!begun()) return null;
    looks += 1;
    return seen[Math.min(looks, seen.length) - 1] ?? null;
  };
}

/** A machine is a node, or becomes one: what it says of itself, look by look, once `begun`; null: there is none. */
export function joins(
  { put }: OpenApiServer,
  name: string,
  said: readonly (Said | null)[],
  begun?: () => boolean,
): void {
  const objects = said.map((one) => (one === null ? null : nodeObject(name, one)));
  put(nodePath(name), lookByLook(objects, begun));
  let version = 0;
  // A kubelet that is alive renews it.
  put(leasePath(name), () => ({
    metadata: { name, resourceVersion: `${++version}` },
    spec: { renewTime: new Date().toISOString() },
  }));
}

/**
 * From the second look on there is a kubelet's request for its certificate, which nobody approves until somebody wonders why.
 * Returns whether somebody has.
 */
export function asks({ put }: OpenApiServer, name: string, request: string): () => boolean {
  const subject = `/O=system:nodes/CN=system:node:${name}`;
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', '/dev/null'];
  // Without openssl there is no server either.
  const pem = read('openssl', ['req', '-new', ...key, '-subj', subject]) ?? '';
  const object = (status: object): Kept => ({
    metadata: { name: request, creationTimestamp: new Date().toISOString() },
    spec: {
      signerName: 'kubernetes.io/kube-apiserver-client-kubelet',
      request: Buffer.from(pem).toString('base64'),
      username: 'system:bootstrap:x1ib5s',
      groups: ['system:bootstrappers:flexgen'],
    },
    status,
  });
  let wondered = false;
  const pending = lookByLook([null, object({})]);
  const issued = object({ certificate: Buffer.from('a certificate').toString('base64') });
  put(`/apis/certificates.k8s.io/v1/certificatesigningrequests/${request}`, () =>
    wondered ? issued : pending(),
  );
  // Who asks for the bindings looks for the reason.
  put('/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/nobody', () => {
    wondered = true;
    return null;
  });
  return () => wondered;
}

/** A pod of the node that a ReplicaSet makes anew elsewhere. */
export function runsPod({ put }: OpenApiServer, node: string, name: string): void {
  put(`/api/v1/namespaces/default/pods/${name}`, {
    metadata: {
      name,
      namespace: 'default',
      uid: `uid-${name}`,
      ownerReferences: [{ kind: 'ReplicaSet', controller: true }],
    },
    spec: { nodeName: node },
    status: { phase: 'Running' },
  });
}
