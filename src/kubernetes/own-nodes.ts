import { namesAlone } from './api-server.ts';
import type { ApiServer } from './api-server.ts';
import { listIn } from './json.ts';
import { unlessForbidden } from './refused.ts';

/** What every node of flexgen's has, and no other. */
const selector = encodeURIComponent('kubernetes.azure.com/managed=false');

/** How many nodes of flexgen's there are, whichever config they are of; none where nobody may look. Throws ClusterRefused. */
export async function countNodes(api: ApiServer): Promise<number> {
  const path = `/api/v1/nodes?labelSelector=${selector}`;
  const call = { verb: 'list', resource: 'nodes', path, accept: namesAlone } as const;
  return listIn(await unlessForbidden(api.call(call)), 'items').length;
}
