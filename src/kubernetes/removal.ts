import { renewal } from './bindings.ts';
import type { Change } from './diff.ts';
import { kubeProxyBinding } from './kube-proxy.ts';
import { ownerLabel } from './object.ts';
import type { FoundObject } from './object.ts';
import { expiryOf } from './tokens.ts';
import type { Wish } from './wish.ts';

/** What flexgen has made in a cluster, for this config and for others. */
export interface Made {
  readonly bindings: readonly FoundObject[];
  readonly tokens: readonly FoundObject[];
  /** But for its binding, which is among the others. */
  readonly kubeProxy: readonly FoundObject[];
  readonly runtimeClasses: readonly FoundObject[];
}

const shared = new Set<string>([renewal, kubeProxyBinding]);

/** The tokens of other configs that can still be used. */
export function othersTokens({ token }: Wish, { tokens }: Made, now: Date): readonly FoundObject[] {
  return tokens.filter(
    (secret) => secret.labels[ownerLabel] !== token?.owner && expiryOf(secret) > now.getTime(),
  );
}

/**
 * What `remove` deletes of what flexgen has made: the config's own tokens, the bindings of its identity where no other
 * config's token needs them, and what all share once no identity has any binding left.
 */
export function removal(wish: Wish, made: Made, now: Date): readonly Change[] {
  const needed = wish.joinsWithTokens && othersTokens(wish, made, now).length > 0;
  const named = new Set(needed ? [] : wish.grants.own);
  const { owner } = wish.grants;
  // Who an identity was to the cluster can't be asked any more once it is gone.
  const isOwn = ({ name, labels }: FoundObject) =>
    named.has(name) || (owner !== null && labels[ownerLabel] === owner);
  const last = made.bindings.every((found) => isOwn(found) || shared.has(found.name));
  const gone = [
    ...made.tokens.filter(({ labels }) => wish.token !== null && labels[ownerLabel] === wish.token.owner),
    ...(last ? [...made.kubeProxy, ...made.runtimeClasses] : []),
    ...made.bindings.filter((found) => isOwn(found) || (last && shared.has(found.name))),
  ];
  return gone.map((found) => ({ action: 'delete', found }));
}
