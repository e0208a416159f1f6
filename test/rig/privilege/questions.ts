import { requestObject, requestsPath } from './certificate.ts';
import type { Request } from './certificate.ts';
import type { Message } from './caller.ts';

/** What the table asks: a request, which changes nothing where it is granted. */
export interface Question {
  readonly title: string;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly message?: Message;
}

/** The two nodes of the table: whose payload or certificate it is, and another. */
export const own = 'edge-1';
export const other = 'edge-2';

const core = '/api/v1';
const pods = `${core}/namespaces/default/pods`;
const secrets = `${core}/namespaces/default/secrets`;
const leases = '/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases';
const rbac = '/apis/rbac.authorization.k8s.io/v1';

const get = (title: string, path: string, message: Message = {}): Question => ({
  title,
  method: 'GET',
  path,
  message,
});

const dry = (path: string): string => `${path}${path.includes('?') ? '&' : '?'}dryRun=All`;

const post = (title: string, path: string, body: object): Question => ({
  title,
  method: 'POST',
  path: dry(path),
  message: { body },
});

const patch = (title: string, path: string, body: object): Question => ({
  title,
  method: 'PATCH',
  path: dry(path),
  message: { body },
});

const remove = (title: string, path: string): Question => ({ title, method: 'DELETE', path: dry(path) });

const podOn = (nodeName: string, more: object = {}, metadata: object = {}): object => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'intruder', ...metadata },
  spec: {
    nodeName,
    containers: [{ name: 'c', image: 'i' }],
    automountServiceAccountToken: false,
    ...more,
  },
});

/** The pod of a manifest that stands on the node itself, as its kubelet shows it to the cluster. */
const mirrorOn = (name: string, uid: string, more: object = {}): object =>
  podOn(name, more, {
    annotations: { 'kubernetes.io/config.mirror': 'x', 'kubernetes.io/config.source': 'file' },
    ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name, uid, controller: true }],
  });

const tokenFor = (pod?: { readonly name: string; readonly uid: string }): object => ({
  apiVersion: 'authentication.k8s.io/v1',
  kind: 'TokenRequest',
  spec: {
    audiences: [],
    expirationSeconds: 600,
    ...(pod === undefined ? {} : { boundObjectRef: { apiVersion: 'v1', kind: 'Pod', ...pod } }),
  },
});

const label = (name: string): object => ({ metadata: { labels: { [name]: 'x' } } });
const tainted = { spec: { taints: [{ key: 'x', effect: 'NoSchedule' }] } };
const condition = { status: { conditions: [{ type: 'Probe', status: 'True' }] } };

const adminBinding = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRoleBinding',
  metadata: { name: 'intruder' },
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
  subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'system:nodes' }],
};

const account = (name: string, namespace = 'default'): string =>
  `${core}/namespaces/${namespace}/serviceaccounts/${name}/token`;

/** What has to be known of the objects that the questions are about. */
export interface Objects {
  /** Of `pod/NAME` and `node/NAME`. */
  readonly uids: ReadonlyMap<string, string>;
  readonly requests: { readonly own: Request; readonly other: Request };
  /** A request of somebody else that nobody has decided. */
  readonly pending: object;
}

/** Each question names what a thief would want; `edge-1` is the identity's own node where it has one. */
export function questions({ uids, requests, pending }: Objects): readonly Question[] {
  const uid = (name: string): string => uids.get(name) ?? '';
  const podRef = (name: string) => ({ name, uid: uid(`pod/${name}`) });
  return [
    get('read all secrets', `${core}/secrets`),
    get('read the secrets of kube-system', `${core}/namespaces/kube-system/secrets`),
    get('read a secret that its own node’s pod mounts', `${secrets}/of-${own}`),
    get('read a secret that another node’s pod mounts', `${secrets}/of-${other}`),
    get('read a secret that no pod mounts', `${secrets}/of-nobody`),
    get('read all configmaps', `${core}/configmaps`),
    get('read its own node', `${core}/nodes/${own}`),
    get('read another node', `${core}/nodes/${other}`),
    get('read all pods', `${core}/pods`),
    get('read its own node’s pods', `${core}/pods?fieldSelector=spec.nodeName%3D${own}`),
    get('read another node’s pods', `${core}/pods?fieldSelector=spec.nodeName%3D${other}`),
    get('read all certificate requests', requestsPath),
    post('ask for the certificate of its own node', requestsPath, requestObject('ask-own', requests.own)),
    post('ask for the certificate of another node', requestsPath, requestObject('ask-other', requests.other)),
    {
      title: 'approve a certificate request',
      method: 'PUT',
      path: dry(`${requestsPath}/pending/approval`),
      message: {
        body: {
          ...pending,
          status: { conditions: [{ type: 'Approved', status: 'True', reason: 'x', message: 'x' }] },
        },
      },
    },
    patch('write its own node’s status', `${core}/nodes/${own}/status`, condition),
    patch('write another node’s status', `${core}/nodes/${other}/status`, condition),
    patch('give its own node a label', `${core}/nodes/${own}`, label('site')),
    patch(
      'give its own node a label that is kept from nodes',
      `${core}/nodes/${own}`,
      label('node-restriction.kubernetes.io/zone'),
    ),
    patch(
      'give its own node the label of a control plane',
      `${core}/nodes/${own}`,
      label('node-role.kubernetes.io/control-plane'),
    ),
    patch('change its own node’s taints', `${core}/nodes/${own}`, tainted),
    patch('change another node’s taints', `${core}/nodes/${other}`, tainted),
    post('make another node', `${core}/nodes`, {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'edge-3' },
    }),
    remove('delete its own node', `${core}/nodes/${own}`),
    remove('delete another node', `${core}/nodes/${other}`),
    patch('write its own lease', `${leases}/${own}`, { spec: { leaseDurationSeconds: 40 } }),
    patch('write another node’s lease', `${leases}/${other}`, { spec: { leaseDurationSeconds: 40 } }),
    post('make a pod on its own node', pods, podOn(own)),
    post('make a pod on another node', pods, podOn(other)),
    post('make a mirror pod on its own node', pods, mirrorOn(own, uid(`node/${own}`))),
    post('make a mirror pod on another node', pods, mirrorOn(other, uid(`node/${other}`))),
    post(
      'make a mirror pod that mounts a secret',
      pods,
      mirrorOn(own, uid(`node/${own}`), { volumes: [{ name: 's', secret: { secretName: 'of-nobody' } }] }),
    ),
    post('bind a pod to its own node', `${pods}/unbound/binding`, {
      apiVersion: 'v1',
      kind: 'Binding',
      metadata: { name: 'unbound' },
      target: { apiVersion: 'v1', kind: 'Node', name: own },
    }),
    remove('delete its own node’s pod', `${pods}/on-${own}`),
    remove('delete another node’s pod', `${pods}/on-${other}`),
    patch('write the status of another node’s pod', `${pods}/on-${other}/status`, {
      status: { message: 'x' },
    }),
    post('run a command in another node’s pod', `${pods}/on-${other}/exec?command=id&stdout=true`, {}),
    post(
      'get a token for its own pod’s service account',
      account(`of-${own}`),
      tokenFor(podRef(`on-${own}`)),
    ),
    post('get one that is bound to no pod', account(`of-${own}`), tokenFor()),
    post('get one for another node’s pod', account(`of-${other}`), tokenFor(podRef(`on-${other}`))),
    post(
      'get one for a controller of the cluster',
      account('clusterrole-aggregation-controller', 'kube-system'),
      tokenFor(),
    ),
    post('make itself cluster-admin', `${rbac}/clusterrolebindings`, adminBinding),
    get('impersonate an administrator', `${core}/secrets`, {
      headers: { 'impersonate-user': 'admin', 'impersonate-group': 'system:masters' },
    }),
  ];
}
