import type { Result } from '../../diagnostics/diagnostic.ts';
import { ok } from '../../diagnostics/diagnostic.ts';
import type { ApiServer } from '../../kubernetes/api-server.ts';
import { applyChange } from '../../kubernetes/apply.ts';
import { bindingsFor } from '../../kubernetes/bindings.ts';
import { tokenWish } from '../../kubernetes/bootstrap-token.ts';
import { ownerLabel } from '../../kubernetes/object.ts';
import type { FoundObject } from '../../kubernetes/object.ts';
import { readTokens, tokenChange, tokenOf } from '../../kubernetes/tokens.ts';
import { wishOf } from '../../kubernetes/wish.ts';
import { isWrite } from '../action.ts';
import { plannedChanges } from '../cluster/changes.ts';
import { connectCluster } from '../cluster/connect.ts';
import type { ConnectOptions } from '../cluster/connect.ts';
import { perform } from '../cluster/perform.ts';
import type { PlannedConfig } from '../plan-config.ts';
import type { World } from '../world.ts';
import type { NodeSetup } from './node-setup.ts';

function byOwner(secrets: readonly FoundObject[]): ReadonlyMap<string, readonly FoundObject[]> {
  const owners = new Map<string, FoundObject[]>();
  for (const secret of secrets) {
    const owner = String(secret.labels[ownerLabel]);
    owners.set(owner, [...(owners.get(owner) ?? []), secret]);
  }
  return owners;
}

/** What all nodes are granted. */
async function grant(api: ApiServer, { spec, facts }: PlannedConfig): Promise<Result<number>> {
  const grants = bindingsFor(spec.auth, { objectId: null, owner: null, nodeName: null });
  if (!grants.ok) return grants;
  const wish = { ...wishOf(spec, facts, grants.value), token: null };
  const changes = await plannedChanges({ api, wish, name: facts.name }, new Date());
  if (!changes.ok) return changes;
  await perform(changes.value, { api }, async () => undefined);
  return ok(changes.value.filter(isWrite).length, changes.warnings);
}

/**
 * Tokens for the nodes of a fleet, one each. The cluster is asked once for those that are there: a run that was
 * interrupted goes on with the tokens that it has made. Throws ClusterRefused.
 */
export async function bootstrapSetup(
  first: PlannedConfig,
  options: ConnectOptions,
  world: World,
): Promise<Result<NodeSetup>> {
  const connected = await connectCluster(first, options, world);
  if (!connected.ok) return connected;
  const api = connected.value;
  const granted = await grant(api, first);
  if (!granted.ok) return granted;
  const tokens = byOwner(await readTokens(api));
  const now = new Date();
  const setup: NodeSetup = async ({ spec: { auth, node } }) => {
    if (auth.mode !== 'bootstrap-token' || auth.ttlSeconds === null)
      return ok({ texts: new Map(), changes: 0 });
    const wish = tokenWish(node.name, auth.ttlSeconds);
    const change = tokenChange(tokens.get(wish.owner) ?? [], wish, now);
    await applyChange(api, change);
    const token = tokenOf([change]);
    if (token === null) throw new Error('a plan for a token has a token');
    return ok({ texts: new Map([['auth.token', token]]), changes: isWrite(change) ? 1 : 0 });
  };
  return ok(setup, [...connected.warnings, ...granted.warnings]);
}
