import type { ApiServer } from '../../kubernetes/api-server.ts';
import { tokenWish } from '../../kubernetes/bootstrap-token.ts';
import type { Change } from '../../kubernetes/diff.ts';
import { readTokens, tokenRotation } from '../../kubernetes/tokens.ts';

/** A new token for each of these nodes, and an end to all that they had; null: machines that name themselves share one. */
export async function tokenChanges(
  api: ApiServer,
  nodes: readonly (string | null)[],
  { ttlSeconds, now }: { readonly ttlSeconds: number; readonly now: Date },
): Promise<readonly Change[]> {
  const secrets = await readTokens(api);
  return nodes.flatMap((name) => tokenRotation(secrets, tokenWish(name, ttlSeconds), now));
}
