import type { ApiServer } from '../../kubernetes/api-server.ts';
import { foreignNodes, hasLease, readNode, requestsByNode } from '../../kubernetes/drain/node.ts';
import type { LeavingNode } from '../../kubernetes/drain/node.ts';
import { podsOn } from '../../kubernetes/drain/pods.ts';
import type { NodePod } from '../../kubernetes/drain/pods.ts';
import { unlessForbidden } from '../../kubernetes/refused.ts';
import { atMost, parallel } from '../at-most.ts';
import type { Deed } from './deed.ts';
import { deed, podDeed } from './deed.ts';

/** A node as the cluster has it, and what it has in the cluster. */
export interface NodeLook {
  readonly name: string;
  /** null: it is gone, or never joined. */
  readonly node: LeavingNode | null;
  readonly pods: readonly NodePod[];
  readonly hasLease: boolean;
  readonly requests: readonly string[];
}

/** The nodes that are to go, and the names of all that are none of the cloud's own. */
export interface ClusterLook {
  readonly nodes: readonly NodeLook[];
  readonly foreign: readonly string[];
}

/** Looks at what a cluster has of these nodes. Only reads. Throws ClusterRefused. */
export async function lookAtNodes(api: ApiServer, names: readonly string[]): Promise<ClusterLook> {
  const [requests, foreign] = await Promise.all([requestsByNode(api), foreignNodes(api)]);
  const nodes = await atMost(parallel, names, async (name): Promise<NodeLook> => {
    const [node, pods, lease] = await Promise.all([
      readNode(api, name),
      podsOn(api, name),
      unlessForbidden(hasLease(api, name)),
    ]);
    return { name, node, pods, hasLease: lease === true, requests: requests.get(name) ?? [] };
  });
  return { nodes, foreign };
}

/** What is done to a node before anything of it goes. */
export const cordonDeed = ({ name }: Pick<NodeLook, 'name'>): Deed =>
  deed('change', 'node', name, 'nothing new is scheduled on it');
export const nodeDeed = (name: string): Deed => deed('delete', 'node', name);
export const leaseDeed = (name: string): Deed => deed('delete', 'lease', `kube-node-lease/${name}`);
export const requestDeed = (name: string): Deed => deed('delete', 'certificatesigningrequest', name);

/** What would be done to empty a node. */
export const emptyingDeeds = (look: NodeLook): readonly Deed[] => [
  ...(look.node === null || look.node.isCordoned ? [] : [cordonDeed(look)]),
  ...look.pods.map(podDeed),
];

/** What would be done once it is empty. */
export const removingDeeds = ({ name, node, hasLease: leased, requests }: NodeLook): readonly Deed[] => [
  ...(node === null ? [] : [nodeDeed(name)]),
  ...(leased ? [leaseDeed(name)] : []),
  ...requests.map(requestDeed),
];
