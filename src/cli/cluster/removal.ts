import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import { ok } from '../../diagnostics/diagnostic.ts';
import type { Change } from '../../kubernetes/diff.ts';
import { kubeProxyBinding, kubeProxyKinds, kubeProxyNamespace } from '../../kubernetes/kube-proxy.ts';
import type { FoundObject } from '../../kubernetes/object.ts';
import { renewal } from '../../kubernetes/bindings.ts';
import { countNodes } from '../../kubernetes/own-nodes.ts';
import { policyKinds } from '../../kubernetes/request-policy/index.ts';
import { unlessForbidden } from '../../kubernetes/refused.ts';
import type { Kind } from '../../kubernetes/kinds.ts';
import { readOurs } from '../../kubernetes/read.ts';
import { othersTokens, removal } from '../../kubernetes/removal.ts';
import { readTokens } from '../../kubernetes/tokens.ts';
import type { Wish } from '../../kubernetes/wish.ts';
import type { Session } from './session.ts';

const stillJoining = (count: number): Diagnostic => ({
  severity: 'warning',
  code: 'cluster/others-tokens',
  message: `the bindings of bootstrap tokens stay: ${count === 1 ? 'a token of another config lives' : `${count} tokens of other configs live`}`,
  hint: 'the last `flexgen cluster remove` takes them back; tokens that have expired do not count',
});

const stillRenewing = (count: number): Diagnostic => ({
  severity: 'warning',
  code: 'cluster/nodes',
  message: `clusterrolebinding ${renewal} stays: ${count === 1 ? 'a node of flexgen’s renews its certificate' : `${count} nodes of flexgen’s renew their certificates`} with it`,
  hint: 'once the nodes are deleted, `flexgen cluster remove` takes it back too',
});

/** Whichever config wanted them. Who may not even read them has made none. */
const unlessHidden = async (api: Session['api'], kind: Kind): Promise<readonly FoundObject[]> =>
  (await unlessForbidden(readOurs(api, kind, null))) ?? [];

/** What `remove` takes back. Only reads. Throws ClusterRefused. */
export const removableChanges = ({ api, wish }: Session, now: Date): Promise<Result<readonly Change[]>> =>
  removableFor(api, [wish], { now });

/**
 * The same for many nodes at once; what all nodes need stays where some of them do. `nodesStay` is left out by who has not
 * looked. Only reads. Throws ClusterRefused.
 */
export async function removableFor(
  api: Session['api'],
  wishes: readonly Wish[],
  { now, nodesStay }: { readonly now: Date; readonly nodesStay?: boolean },
): Promise<Result<readonly Change[]>> {
  const [bindings, tokens] = await Promise.all([
    readOurs(api, 'ClusterRoleBinding', null),
    wishes.some(({ joinsWithTokens }) => joinsWithTokens) ? readTokens(api) : [],
  ]);
  const mayBe =
    wishes.some(({ kubeProxy }) => kubeProxy.length > 0) ||
    bindings.some(({ name }) => name === kubeProxyBinding);
  const lists = await Promise.all(
    mayBe ? kubeProxyKinds.map((kind) => readOurs(api, kind, kubeProxyNamespace)) : [],
  );
  const [runtimeClasses = [], ...policies] = await Promise.all(
    (['RuntimeClass', ...policyKinds] as const).map((kind) => unlessHidden(api, kind)),
  );
  const shared = { kubeProxy: lists.flat(), runtimeClasses, policies: policies.flat() };
  const made = { bindings, tokens, ...shared, nodes: nodesStay === undefined ? await countNodes(api) : 0 };
  const others = othersTokens(wishes, made, now).length;
  const changes = removal(wishes, made, now, nodesStay);
  const isLeft = (binding: FoundObject) =>
    !changes.some((change) => 'found' in change && change.found === binding);
  const left = bindings.filter(isLeft);
  const renews = left.length === 1 && left[0]?.name === renewal;
  return ok(changes, [
    ...(others === 0 ? [] : [stillJoining(others)]),
    ...(renews ? [stillRenewing(made.nodes)] : []),
  ]);
}
