import type { ControlPlane } from '../services/control-plane.ts';
import { until } from '../services/processes.ts';
import { asks, requestFor } from './certificate.ts';
import type { Caller } from './caller.ts';
import { other, own } from './questions.ts';
import type { Objects } from './questions.ts';

const meta = (name: string, namespace = 'default'): object => ({ name, namespace });

/** What a node has: the node, its lease, and a pod with a secret and a service account of its own. */
const nodeWith = (name: string): readonly object[] => [
  { apiVersion: 'v1', kind: 'Node', metadata: { name } },
  {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: meta(name, 'kube-node-lease'),
    spec: { holderIdentity: name },
  },
  { apiVersion: 'v1', kind: 'Secret', metadata: meta(`of-${name}`), stringData: { key: 'value' } },
  { apiVersion: 'v1', kind: 'ServiceAccount', metadata: meta(`of-${name}`) },
  {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: meta(`on-${name}`),
    spec: {
      nodeName: name,
      serviceAccountName: `of-${name}`,
      tolerations: [{ operator: 'Exists' }],
      containers: [{ name: 'c', image: 'i', volumeMounts: [{ name: 's', mountPath: '/s' }] }],
      volumes: [{ name: 's', secret: { secretName: `of-${name}` } }],
    },
  },
];

/** Makes what the questions are about: two nodes without a machine, and what a thief would look for. */
export async function makeObjects({ kubectl, apply }: ControlPlane, administrator: Caller): Promise<Objects> {
  const items = [
    ...nodeWith(own),
    ...nodeWith(other),
    { apiVersion: 'v1', kind: 'Secret', metadata: meta('of-nobody'), stringData: { key: 'value' } },
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: meta('unbound'),
      spec: { schedulerName: 'nobody', containers: [{ name: 'c', image: 'i' }] },
    },
  ];
  await apply({ apiVersion: 'v1', kind: 'List', items });
  const controller = ['get', 'serviceaccount', 'clusterrole-aggregation-controller', '-n', 'kube-system'];
  const isThere = async (): Promise<boolean> =>
    await kubectl(controller).then(
      () => true,
      () => false,
    );
  await until('the service accounts of controllers', isThere, { seconds: 60 });
  // The administrator may ask, and no controller approves it.
  await asks(administrator, 'pending', await requestFor('edge-9'));
  const uids = new Map<string, string>();
  for (const name of [`pod/on-${own}`, `pod/on-${other}`, `node/${own}`, `node/${other}`])
    uids.set(name, await kubectl(['get', name, '-o', 'jsonpath={.metadata.uid}']));
  return {
    uids,
    requests: { own: await requestFor(own), other: await requestFor(other) },
    pending: JSON.parse(await kubectl(['get', 'csr', 'pending', '-o', 'json'])) as object,
  };
}
