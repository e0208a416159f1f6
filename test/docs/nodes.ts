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

/** What is there so many milliseconds after it was first asked for; null: nothing. */
function sinceAsked(stages: readonly (readonly [number, Kept | null])[]): () => Kept | null {
  let began: number | undefined;
  return () => {
    began ??= Date.now();
    const passed = Date.now() - began;
    return stages.findLast(([from]) => from <= passed)?.[1] ?? null;
  };
}

/** A machine becomes a node: what it says of itself, by the milliseconds since the cluster was first asked for it. */
export function joins(
  { put }: OpenApiServer,
  name: string,
  ...stages: readonly (readonly [number, Said])[]
): void {
  put(nodePath(name), sinceAsked(stages.map(([from, said]) => [from, nodeObject(name, said)] as const)));
  let version = 0;
  // A kubelet that is alive renews it.
  put(leasePath(name), () => ({
    metadata: { name, resourceVersion: `${++version}` },
    spec: { renewTime: new Date().toISOString() },
  }));
}

/** A kubelet's request for its certificate that nobody approves, for as long as `until`. False where openssl is lacking. */
export function asks(
  { put }: OpenApiServer,
  name: string,
  request: string,
  from: number,
  until: number,
): boolean {
  const subject = `/O=system:nodes/CN=system:node:${name}`;
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', '/dev/null'];
  const pem = read('openssl', ['req', '-new', ...key, '-subj', subject]);
  if (pem === undefined) return false;
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
  const certificate = Buffer.from('a certificate').toString('base64');
  put(
    `/apis/certificates.k8s.io/v1/certificatesigningrequests/${request}`,
    sinceAsked([
      [0, null],
      [from, object({})],
      [until, object({ conditions: [{ type: 'Approved' }], certificate })],
    ]),
  );
  return true;
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
