import type { ControlPlane } from './services/control-plane.ts';
import { images } from './services/versions.ts';

/** A node as its kubelet would report it. */
export interface NodeReport {
  readonly ready?: boolean;
  readonly labels?: Readonly<Record<string, string>>;
}

/** Makes a node that no machine stands behind; a lease keeps the cluster from taking it for dead. */
export async function makeNode(
  { apply, kubectl }: ControlPlane,
  name: string,
  { ready = true, labels = { 'kubernetes.azure.com/managed': 'false' } }: NodeReport = {},
): Promise<void> {
  await apply({ apiVersion: 'v1', kind: 'Node', metadata: { name, labels } });
  const now = new Date().toISOString();
  await apply({
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name, namespace: 'kube-node-lease' },
    spec: { holderIdentity: name, leaseDurationSeconds: 40, renewTime: now.replace('Z', '000Z') },
  });
  const second = now.replace(/\.\d+Z$/, 'Z');
  const ended = ready ? {} : { reason: 'KubeletNotReady', message: 'the machine is off' };
  const condition = {
    type: 'Ready',
    status: ready ? 'True' : 'False',
    lastHeartbeatTime: second,
    lastTransitionTime: second,
    ...ended,
  };
  await status(kubectl, ['node', name], { conditions: [condition] });
}

const status = (
  kubectl: ControlPlane['kubectl'],
  object: readonly string[],
  value: object,
): Promise<string> =>
  kubectl([
    'patch',
    ...object,
    '--subresource=status',
    '--type=merge',
    '-p',
    JSON.stringify({ status: value }),
  ]);

/** What differs from a pod of a ReplicaSet that nobody has, with nothing to lose. */
interface PodWish {
  readonly owner?: 'ReplicaSet' | 'DaemonSet' | null;
  readonly emptyDir?: boolean;
}

/** Makes a pod that runs on a node, as its kubelet would report it. It ends as soon as it is told to. */
export async function makePod(
  { apply, kubectl }: ControlPlane,
  nodeName: string,
  name: string,
  { owner = 'ReplicaSet', emptyDir = false }: PodWish = {},
): Promise<void> {
  const ownerReferences = owner === null ? [] : [await ownerOf(kubectl, apply, owner)];
  await apply({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: { app: name, set: owner ?? 'none' }, ownerReferences },
    spec: {
      nodeName,
      terminationGracePeriodSeconds: 0,
      tolerations: [{ operator: 'Exists' }],
      automountServiceAccountToken: false,
      containers: [{ name: 'hello', image: images.hello }],
      ...(emptyDir ? { volumes: [{ name: 'data', emptyDir: {} }] } : {}),
    },
  });
  await status(kubectl, ['pod', name], { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] });
}

/** A controller that wants no pod of its own: it neither makes nor collects any. */
async function ownerOf(
  kubectl: ControlPlane['kubectl'],
  apply: ControlPlane['apply'],
  kind: 'ReplicaSet' | 'DaemonSet',
): Promise<object> {
  const name = `nobody-${kind.toLowerCase()}`;
  const labels = { nobody: 'is' };
  const template = {
    metadata: { labels },
    spec: { nodeSelector: labels, containers: [{ name: 'hello', image: images.hello }] },
  };
  const replicas = kind === 'ReplicaSet' ? { replicas: 0 } : {};
  await apply({
    apiVersion: 'apps/v1',
    kind,
    metadata: { name },
    spec: { selector: { matchLabels: labels }, template, ...replicas },
  });
  const uid = await kubectl(['get', kind, name, '-o', 'jsonpath={.metadata.uid}']);
  return { apiVersion: 'apps/v1', kind, name, uid, controller: true };
}
