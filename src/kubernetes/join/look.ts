import { isMap } from '../../config/data.ts';
import type { ApiServer } from '../api-server.ts';
import { unlessForbidden } from '../refused.ts';
import { nodeEvent } from './event.ts';
import type { NodeEvent } from './event.ts';
import { fieldsIn, listIn, textIn, timeIn } from '../json.ts';
import { seenNode } from './node.ts';
import type { SeenNode } from './node.ts';
import { leaseOf } from './pulse.ts';
import type { Lease } from './pulse.ts';
import { allRequests, nodeRequest } from './request.ts';
import type { NodeRequest } from './request.ts';

/** What the cluster has of the nodes that join. */
export interface Look {
  /** By the API server's clock, in milliseconds. */
  readonly now: number;
  /** The newest of each node; null where the operator may not see them, or there are none. */
  readonly requests: ReadonlyMap<string, NodeRequest> | null;
  readonly nodes: ReadonlyMap<string, SeenNode>;
  readonly leases: ReadonlyMap<string, Lease>;
  readonly events: readonly NodeEvent[];
}

/** More than so many are read with one list. */
const few = 5;

const get = (api: ApiServer, resource: string, path: string): Promise<unknown> =>
  api.call({ verb: 'get', resource, path });
const list = (api: ApiServer, resource: string, path: string): Promise<unknown> =>
  api.call({ verb: 'list', resource, path });

async function readNodes(api: ApiServer, names: readonly string[]): Promise<readonly SeenNode[]> {
  const path = '/api/v1/nodes';
  const found =
    names.length > few
      ? listIn(await list(api, 'nodes', path), 'items')
      : await Promise.all(names.map((name) => get(api, 'nodes', `${path}/${name}`)));
  return found.filter(isMap).map(seenNode);
}

async function readRequests(api: ApiServer): Promise<ReadonlyMap<string, NodeRequest> | null> {
  const answer = await unlessForbidden(api.call({ verb: 'list', ...allRequests }));
  if (answer === null) return null;
  const newest = new Map<string, NodeRequest>();
  for (const item of listIn(answer, 'items')) {
    const request = nodeRequest(item);
    if (request !== null && request.created >= (newest.get(request.node)?.created ?? 0))
      newest.set(request.node, request);
  }
  return newest;
}

async function readLease(api: ApiServer, name: string): Promise<readonly [string, Lease] | null> {
  const answer = await unlessForbidden(api.call({ verb: 'get', ...leaseOf(name) }));
  if (answer === null || answer === undefined) return null;
  const renewed = timeIn(fieldsIn(answer, 'spec'), 'renewTime');
  const version = textIn(fieldsIn(answer, 'metadata'), 'resourceVersion');
  return Number.isNaN(renewed) ? null : [name, { version, renewed }];
}

/** Events of nodes stand in `default`, whatever their nodes do. */
async function readEvents(api: ApiServer, names: readonly string[]): Promise<readonly NodeEvent[]> {
  const one = names.length === 1 ? `,involvedObject.name=${names[0]}` : '';
  const selector = encodeURIComponent(`involvedObject.kind=Node${one}`);
  const path = `/api/v1/namespaces/default/events?fieldSelector=${selector}`;
  const answer = await unlessForbidden(list(api, 'events in default', path));
  const wanted = new Set(names);
  return listIn(answer, 'items')
    .map(nodeEvent)
    .filter(({ node }) => wanted.has(node))
    .toSorted((a, b) => a.last.localeCompare(b.last));
}

/** Asks for what the cluster has of these nodes; nodes that make no requests have none. Throws ClusterRefused. */
export async function lookAt(api: ApiServer, names: readonly string[], makeRequests: boolean): Promise<Look> {
  const [requests, nodes, events] = await Promise.all([
    makeRequests ? readRequests(api) : null,
    readNodes(api, names),
    readEvents(api, names),
  ]);
  const wanted = new Set(names);
  const there = new Map(nodes.filter(({ name }) => wanted.has(name)).map((node) => [node.name, node]));
  const leases = await Promise.all([...there.keys()].map((name) => readLease(api, name)));
  return {
    now: api.time()?.getTime() ?? Date.now(),
    requests,
    nodes: there,
    leases: new Map(leases.filter((lease) => lease !== null)),
    events,
  };
}
