import type { ApiServer } from '../../kubernetes/api-server.ts';
import { applyChange } from '../../kubernetes/apply.ts';
import { ownerOf } from '../../kubernetes/bootstrap-token.ts';
import { ownerLabel } from '../../kubernetes/object.ts';
import { readTokens } from '../../kubernetes/tokens.ts';

/** A token that can no longer be used. */
export interface Revoked {
  readonly node: string;
  /** Of its Secret. */
  readonly name: string;
}

/**
 * Deletes the tokens that flexgen has made for these nodes alone, which have joined and renew their certificates by
 * themselves: from then on their payloads are worth nothing. Throws ClusterRefused.
 */
export async function revokeTokens(api: ApiServer, nodes: readonly string[]): Promise<readonly Revoked[]> {
  if (nodes.length === 0) return [];
  const nodeOf = new Map<unknown, string>(nodes.map((node) => [ownerOf(node), node]));
  const revoked: Revoked[] = [];
  for (const found of await readTokens(api)) {
    const node = nodeOf.get(found.labels[ownerLabel]);
    if (node === undefined) continue;
    await applyChange(api, { action: 'delete', found });
    revoked.push({ node, name: found.name });
  }
  return revoked;
}
