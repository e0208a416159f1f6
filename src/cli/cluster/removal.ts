import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import { ok } from '../../diagnostics/diagnostic.ts';
import type { Change } from '../../kubernetes/diff.ts';
import { kubeProxyBinding, kubeProxyKinds, kubeProxyNamespace } from '../../kubernetes/kube-proxy.ts';
import type { FoundObject } from '../../kubernetes/object.ts';
import { readOurs } from '../../kubernetes/read.ts';
import { ClusterRefused } from '../../kubernetes/refused.ts';
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

/** Whichever config wanted them. Who may not even read them has made none. */
async function runtimeClasses(api: Session['api']): Promise<readonly FoundObject[]> {
  try {
    return await readOurs(api, 'RuntimeClass', null);
  } catch (error) {
    if (error instanceof ClusterRefused && error.status === 403) return [];
    throw error;
  }
}

/** What `remove` takes back. Only reads. Throws ClusterRefused. */
export const removableChanges = ({ api, wish }: Session, now: Date): Promise<Result<readonly Change[]>> =>
  removableFor(api, [wish], { now, nodesStay: false });

/** The same for many nodes at once; what all nodes need stays where some of them do. Only reads. Throws ClusterRefused. */
export async function removableFor(
  api: Session['api'],
  wishes: readonly Wish[],
  { now, nodesStay }: { readonly now: Date; readonly nodesStay: boolean },
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
  const made = { bindings, tokens, kubeProxy: lists.flat(), runtimeClasses: await runtimeClasses(api) };
  const others = othersTokens(wishes, made, now).length;
  return ok(removal(wishes, made, now, nodesStay), others === 0 ? [] : [stillJoining(others)]);
}
