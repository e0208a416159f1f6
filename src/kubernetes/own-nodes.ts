import { isMap } from '../config/data.ts';
import type { ApiServer } from './api-server.ts';
import { unlessForbidden } from './join/look.ts';

/** What every node of flexgen's has, and no other. */
const selector = encodeURIComponent('kubernetes.azure.com/managed=false');

/** How many nodes of flexgen's there are, whichever config they are of; none where nobody may look. Throws ClusterRefused. */
export async function countNodes(api: ApiServer): Promise<number> {
  const path = `/api/v1/nodes?labelSelector=${selector}`;
  // Their names are enough.
  const accept = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';
  const call = { method: 'GET', verb: 'list', resource: 'nodes', path, accept } as const;
  const list = await unlessForbidden(api.call(call));
  const items: unknown = isMap(list) ? list['items'] : [];
  return Array.isArray(items) ? items.length : 0;
}
