import type { ApiServer } from '../../kubernetes/api-server.ts';
import type { Change } from '../../kubernetes/diff.ts';
import { deleteLease, deleteNode, deleteRequest } from '../../kubernetes/drain/node.ts';
import { unlessForbidden } from '../../kubernetes/refused.ts';
import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import { ok } from '../../diagnostics/diagnostic.ts';
import { atMost, parallel } from '../at-most.ts';
import { perform } from '../cluster/perform.ts';
import { removeIdentity } from '../identity/perform.ts';
import { changeDeed, itemDeed } from './deed.ts';
import type { Reporter } from './empty.ts';
import type { LeavingIdentity } from './identities.ts';
import { leaseDeed, nodeDeed, requestDeed } from './look.ts';
import type { NodeLook } from './look.ts';

/** Takes back what was made in the cluster. Throws ClusterRefused. */
export async function revoke(
  api: ApiServer,
  changes: readonly Change[],
  now: Date,
  { did }: Reporter,
): Promise<void> {
  await perform(changes, { api }, (change) => did(changeDeed(change, { now, planned: false })));
}

/** Deletes a node and what it leaves behind, which the cluster collects in time where the operator may not. Throws ClusterRefused. */
export async function removeNode(
  api: ApiServer,
  { name, node, hasLease, requests }: NodeLook,
  { did }: Reporter,
): Promise<void> {
  if (node !== null && (await deleteNode(api, node))) await did(nodeDeed(name));
  // Not before its node: as long as that is there, kubelet makes it anew.
  if (hasLease && (await unlessForbidden(deleteLease(api, name))) === true) await did(leaseDeed(name));
  for (const request of requests)
    if ((await unlessForbidden(deleteRequest(api, request))) === true) await did(requestDeed(request));
}

/** Takes back what was made in Azure and in the state folder; each is tried. */
export async function removeIdentities(
  identities: readonly LeavingIdentity[],
  { did }: Reporter,
): Promise<Result<null>> {
  const errors: Diagnostic[] = [];
  await atMost(parallel, identities, async ({ inspection }) => {
    const removed = await removeIdentity(inspection, (item) => did(itemDeed(item)));
    if (!removed.ok) errors.push(...removed.errors);
  });
  return errors.length > 0 ? { ok: false, errors } : ok(null);
}
