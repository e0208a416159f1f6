import { isMap } from '../../config/data.ts';
import type { DataMap } from '../../config/data.ts';
import type { ApiServer } from '../api-server.ts';
import { fieldsIn, listIn, textIn } from '../json.ts';
import { readyOf, seenNode } from '../join/node.ts';
import { leaseOf } from '../join/pulse.ts';
import { allRequests, nodeRequest } from '../join/request.ts';
import { manager } from '../object.ts';
import { unlessForbidden, unlessGone } from '../refused.ts';

/** A node that is to go. */
export interface LeavingNode {
  readonly name: string;
  readonly uid: string;
  /** Nothing new is scheduled on it. */
  readonly isCordoned: boolean;
  /** Its kubelet says so, and is heard. */
  readonly isReady: boolean;
  /** What the cluster last heard of it, or why it heard nothing. */
  readonly said: string;
  /** It is none of the cloud's own, as each node of flexgen's says of itself. */
  readonly isForeign: boolean;
}

/** The label by which AKS leaves a node alone that is none of its own. */
const managedLabel = 'kubernetes.azure.com/managed';

const nodes = '/api/v1/nodes';

function leavingNode(object: DataMap): LeavingNode {
  const metadata = fieldsIn(object, 'metadata');
  const seen = seenNode(object);
  const ready = readyOf(seen);
  return {
    name: seen.name,
    uid: textIn(metadata, 'uid'),
    isCordoned: seen.unschedulable,
    isReady: ready?.status === 'True',
    said: ready?.message ?? 'it has said nothing yet',
    isForeign: textIn(fieldsIn(metadata, 'labels'), managedLabel) === 'false',
  };
}

/** The node, or null where there is none. Throws ClusterRefused. */
export async function readNode(api: ApiServer, name: string): Promise<LeavingNode | null> {
  const call = { verb: 'get', resource: 'nodes', path: `${nodes}/${name}` } as const;
  const answer = await api.call(call);
  return isMap(answer) ? leavingNode(answer) : null;
}

/** The names of all nodes that are none of the cloud's own. Throws ClusterRefused. */
export async function foreignNodes(api: ApiServer): Promise<readonly string[]> {
  const path = `${nodes}?labelSelector=${encodeURIComponent(`${managedLabel}=false`)}`;
  const answer = await api.call({ verb: 'list', resource: 'nodes', path });
  return listIn(answer, 'items').map((item) => textIn(fieldsIn(item, 'metadata'), 'name'));
}

/** Nothing new is scheduled on it from now on. Throws ClusterRefused. */
export async function cordon(api: ApiServer, { name, uid }: LeavingNode): Promise<void> {
  await api.call({
    verb: 'patch',
    resource: 'nodes',
    path: `${nodes}/${name}?fieldManager=${manager}&force=true`,
    // With its id a node that is gone by now is not made anew.
    body: { apiVersion: 'v1', kind: 'Node', metadata: { name, uid }, spec: { unschedulable: true } },
  });
}

/** Deletes it; false where it was gone. Throws ClusterRefused. */
export function deleteNode(api: ApiServer, { name, uid }: LeavingNode): Promise<boolean> {
  const body = { apiVersion: 'v1', kind: 'DeleteOptions', preconditions: { uid } };
  const call = {
    verb: 'delete',
    resource: 'nodes',
    path: `${nodes}/${name}`,
    body,
  } as const;
  return unlessGone(api.call(call));
}

/** Whether a node has a lease: it outlives its node until somebody collects it. Throws ClusterRefused. */
export async function hasLease(api: ApiServer, name: string): Promise<boolean> {
  return (await api.call({ verb: 'get', ...leaseOf(name) })) !== undefined;
}

/** Deletes the lease; false where it was gone. Throws ClusterRefused. */
export const deleteLease = (api: ApiServer, name: string): Promise<boolean> =>
  unlessGone(api.call({ verb: 'delete', ...leaseOf(name) }));

/** The certificate requests of kubelets, by node; the cluster forgets them within a day. Throws ClusterRefused. */
export async function requestsByNode(api: ApiServer): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, string[]>();
  for (const item of listIn(await unlessForbidden(api.call({ verb: 'list', ...allRequests })), 'items')) {
    const request = nodeRequest(item);
    if (request !== null) found.set(request.node, [...(found.get(request.node) ?? []), request.name]);
  }
  return found;
}

/** Deletes a request; false where it was gone. Throws ClusterRefused. */
export function deleteRequest(api: ApiServer, name: string): Promise<boolean> {
  const path = `${allRequests.path}/${encodeURIComponent(name)}`;
  return unlessGone(api.call({ ...allRequests, verb: 'delete', path }));
}
