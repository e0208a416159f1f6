import { renewal } from './bindings.ts';
import type { Change } from './diff.ts';
import { kubeProxyBinding } from './kube-proxy.ts';
import { ownerLabel } from './object.ts';
import type { FoundObject } from './object.ts';
import { identityPolicyName, nodeLabel } from './request-policy/index.ts';
import { expiryOf } from './tokens.ts';
import type { Wish } from './wish.ts';

/** What flexgen has made in a cluster, for this config and for others. */
export interface Made {
  readonly bindings: readonly FoundObject[];
  readonly tokens: readonly FoundObject[];
  /** But for its binding, which is among the others. */
  readonly kubeProxy: readonly FoundObject[];
  readonly runtimeClasses: readonly FoundObject[];
  readonly policies: readonly FoundObject[];
  /** How many nodes have joined and are there still. */
  readonly nodes: number;
}

const shared = new Set<string>([renewal, kubeProxyBinding]);

/** Whether a token was made for one of these. */
const isTokenOf =
  (wishes: readonly Wish[]) =>
  ({ labels }: FoundObject): boolean =>
    wishes.some(({ token }) => token !== null && labels[ownerLabel] === token.owner);

/** The tokens of other configs that can still be used. */
export function othersTokens(
  wishes: readonly Wish[],
  { tokens }: Pick<Made, 'tokens'>,
  now: Date,
): readonly FoundObject[] {
  const isOwn = isTokenOf(wishes);
  return tokens.filter((secret) => !isOwn(secret) && expiryOf(secret) > now.getTime());
}

/**
 * What `remove` deletes of what flexgen has made: the configs' own tokens, the bindings of their identities where no other
 * config's token needs them, and what all share once no identity has any binding left, and no node that needs it stays.
 * Nodes that are there go on renewing their certificates.
 */
export function removal(
  wishes: readonly Wish[],
  made: Made,
  now: Date,
  nodesStay = false,
): readonly Change[] {
  const needed = othersTokens(wishes, made, now).length > 0;
  const named = new Set(
    wishes.flatMap(({ joinsWithTokens, grants }) => (joinsWithTokens && needed ? [] : grants.own)),
  );
  const owners = new Set<unknown>(wishes.flatMap(({ grants }) => grants.owner ?? []));
  // Who an identity was to the cluster can't be asked any more once it is gone.
  const isOwn = ({ name, labels }: FoundObject) => named.has(name) || owners.has(labels[ownerLabel]);
  const last = !nodesStay && made.bindings.every((found) => isOwn(found) || shared.has(found.name));
  const isKept = ({ name }: FoundObject) => name === renewal && made.nodes > 0;
  const joinsWithTokens = wishes.some((wish) => wish.joinsWithTokens);
  const isPolicyNeeded = (name: string) =>
    name === identityPolicyName
      ? made.bindings.some((found) => nodeLabel in found.labels && !isOwn(found))
      : needed || !joinsWithTokens;
  const gone = [
    ...made.tokens.filter(isTokenOf(wishes)),
    ...(last ? [...made.kubeProxy, ...made.runtimeClasses] : []),
    ...made.bindings.filter((found) => isOwn(found) || (last && shared.has(found.name) && !isKept(found))),
    // Not before those that they hold back.
    ...made.policies.filter(({ name }) => last || !isPolicyNeeded(name)),
  ];
  return gone.map((found) => ({ action: 'delete', found }));
}
