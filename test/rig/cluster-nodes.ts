import type { ControlPlane } from './services/control-plane.ts';
import { until } from './services/processes.ts';
import { images } from './services/versions.ts';

/** A node as its kubelet would report it. */
export interface NodeReport {
  readonly ready?: boolean;
  readonly labels?: Readonly<Record<string, string>>;
}

/** What a kubelet says of itself, now. */
export function readyCondition(isReady: boolean, message: string): object {
  const now = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
  return {
    type: 'Ready',
    status: isReady ? 'True' : 'False',
    reason: isReady ? 'KubeletReady' : 'KubeletNotReady',
    message,
    lastHeartbeatTime: now,
    lastTransitionTime: now,
  };
}

/** Makes a node that no machine stands behind, and its lease. */
export async function makeNode(
  controlPlane: ControlPlane,
  name: string,
  { ready = true, labels: own = { 'kubernetes.azure.com/managed': 'false' } }: NodeReport = {},
): Promise<void> {
  const { apply } = controlPlane;
  await apply({ apiVersion: 'v1', kind: 'Node', metadata: { name, labels: own } });
  const now = new Date().toISOString();
  await apply({
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name, namespace: 'kube-node-lease' },
    spec: { holderIdentity: name, leaseDurationSeconds: 40, renewTime: now.replace('Z', '000Z') },
  });
  const conditions = [readyCondition(ready, ready ? '' : 'the machine is off')];
  await patchStatus(controlPlane, ['node', name], { conditions, allocatable: { pods: '10' } });
}

/** Changes what the status of an object says: `of` are the words behind `kubectl patch`. */
export const patchStatus = (
  { kubectl }: ControlPlane,
  of: readonly string[],
  status: object,
): Promise<string> =>
  kubectl(['patch', ...of, '--subresource=status', '--type=merge', '-p', JSON.stringify({ status })]);

/** What differs from a pod that something makes anew, with nothing to lose. */
interface PodWish {
  /** Nothing makes it anew. */
  readonly isBare?: boolean;
  readonly emptyDir?: boolean;
}

/** Nodes with it get a pod of the DaemonSet. */
export const daemonLabel = 'rig/daemons=yes';

const labels = { set: 'daemons' };

/** What pods belong to. A ConfigMap stands for a controller that leaves its pods alone. */
const owners = {
  ConfigMap: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'controller' } },
  DaemonSet: {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: 'daemons' },
    spec: {
      selector: { matchLabels: labels },
      updateStrategy: { type: 'OnDelete' },
      template: {
        metadata: { labels },
        spec: {
          nodeSelector: { 'rig/daemons': 'yes' },
          containers: [{ name: 'hello', image: images.hello }],
        },
      },
    },
  },
} as const;

/** Makes what pods belong to. */
export async function makeOwners({ apply }: ControlPlane): Promise<void> {
  for (const owner of Object.values(owners)) await apply(owner);
}

/** The DaemonSet's pod on a node, once it is there. */
export async function daemonOn({ kubectl }: ControlPlane, node: string): Promise<string> {
  let name = '';
  const path = 'jsonpath={.items[*].metadata.name}';
  const isThere = async (): Promise<boolean> => {
    const which = ['-l', 'set=daemons', `--field-selector=spec.nodeName=${node}`];
    name = await kubectl(['get', 'pods', ...which, '-o', path]);
    return name !== '';
  };
  await until('a pod of the DaemonSet', isThere, { seconds: 120 });
  return name;
}

async function ownedBy({ kubectl }: ControlPlane): Promise<object> {
  const { apiVersion, kind, metadata } = owners.ConfigMap;
  const uid = await kubectl(['get', kind, metadata.name, '-o', 'jsonpath={.metadata.uid}']);
  return { apiVersion, kind, name: metadata.name, uid, controller: true };
}

/** Makes a pod that runs on a node, as its kubelet would report it. It ends as soon as it is told to. */
export async function makePod(
  controlPlane: ControlPlane,
  nodeName: string,
  name: string,
  { isBare = false, emptyDir = false }: PodWish = {},
): Promise<void> {
  await controlPlane.apply({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      labels: { app: name },
      ownerReferences: isBare ? [] : [await ownedBy(controlPlane)],
    },
    spec: {
      nodeName,
      terminationGracePeriodSeconds: 0,
      tolerations: [{ operator: 'Exists' }],
      automountServiceAccountToken: false,
      containers: [{ name: 'hello', image: images.hello }],
      ...(emptyDir ? { volumes: [{ name: 'data', emptyDir: {} }] } : {}),
    },
  });
  const conditions = [{ type: 'Ready', status: 'True' }];
  await patchStatus(controlPlane, ['pod', name], { phase: 'Running', conditions });
}
