import { readyOf } from './node.ts';
import type { SeenNode } from './node.ts';
import type { Look } from './look.ts';
import type { Pulse } from './pulse.ts';
import type { NodeRequest } from './request.ts';

/** How far a machine has come, as the cluster sees it. */
export type Stage = 'request' | 'approval' | 'signature' | 'registration' | 'ready' | 'heartbeat' | 'done';

/** Where one node stands, and by what the cluster knows. */
export interface Standing {
  readonly name: string;
  readonly stage: Stage;
  /** Its newest certificate signing request. */
  readonly request: NodeRequest | null;
  readonly node: SeenNode | null;
  readonly pulse: Pulse | null;
  /** A request of it would be seen. */
  readonly seesRequests: boolean;
}

/** Whether the cluster has heard of the machine after it asked for its certificate. */
function saidLater(node: SeenNode, request: NodeRequest): boolean {
  return Math.max(...node.conditions.map(({ since }) => Date.parse(since)), 0) >= request.created;
}

function stageOf(node: SeenNode | null, request: NodeRequest | null, pulse: Pulse | null): Stage {
  if (node !== null && readyOf(node)?.status === 'True') {
    // Without a lease, or the right to see it, there is only the node’s word.
    return pulse === null || pulse.alive ? 'done' : 'heartbeat';
  }
  // The object may be of an earlier machine of that name, and this one is about to join.
  if (node !== null && (request === null || request.state === 'issued' || saidLater(node, request)))
    return 'ready';
  switch (request?.state) {
    case undefined:
      return 'request';
    case 'issued':
      return 'registration';
    case 'approved':
    case 'failed':
      return 'signature';
    case 'pending':
    case 'denied':
      return 'approval';
  }
}

/** Where a node stands at a look. */
export function standingOf(name: string, { nodes, requests }: Look, pulse: Pulse | null): Standing {
  const node = nodes.get(name) ?? null;
  const request = requests?.get(name) ?? null;
  return {
    name,
    stage: stageOf(node, request, pulse),
    request,
    node,
    pulse,
    seesRequests: requests !== null,
  };
}
