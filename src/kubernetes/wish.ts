import type { ClusterFacts } from '../config/facts.ts';
import type { NodeSpec } from '../node/index.ts';
import type { Grants } from './bindings.ts';
import { tokenWish } from './bootstrap-token.ts';
import type { TokenWish } from './bootstrap-token.ts';
import { kubeProxyObjects } from './kube-proxy.ts';
import type { WantedObject } from './object.ts';
import { bindable, identityPolicy, tokenPolicy } from './request-policy/index.ts';
import { nvidiaClass } from './runtime-class.ts';

/** What a config wants of its cluster. */
export interface Wish {
  readonly grants: Grants;
  /** null: flexgen makes no token. */
  readonly token: TokenWish | null;
  /** What keeps a token, or an identity, to its node; empty where neither is one node's. */
  readonly policies: readonly WantedObject[];
  /** The mode joins with tokens, whoever makes them: other configs' tokens use the same bindings. */
  readonly joinsWithTokens: boolean;
  /** Empty where the config has no kube-proxy. */
  readonly kubeProxy: readonly WantedObject[];
  /** Empty where the config has nothing to do with cards. */
  readonly runtimeClasses: readonly WantedObject[];
}

/**
 * The only node that an identity may be: a machine of Azure Arc has one of its own, which asks for one certificate. Other
 * identities may be those of many machines.
 */
export const onlyNodeOf = ({ auth, node }: Pick<NodeSpec, 'auth' | 'node'>): string | null =>
  auth.mode === 'arc' && auth.credentialUse === 'bootstrap' ? bindable(node.name) : null;

/** What a config wants of its cluster, once it is known what its identity is granted. */
export function wishOf(
  { auth, node, components, runtime }: Pick<NodeSpec, 'auth' | 'node' | 'components' | 'runtime'>,
  facts: ClusterFacts,
  grants: Grants,
): Wish {
  const ttlSeconds = auth.mode === 'bootstrap-token' ? auth.ttlSeconds : null;
  return {
    grants,
    token: ttlSeconds === null ? null : tokenWish(node.name, ttlSeconds),
    policies: [
      ...(ttlSeconds === null ? [] : tokenPolicy),
      ...(onlyNodeOf({ auth, node }) === null ? [] : identityPolicy),
    ],
    joinsWithTokens: auth.mode === 'bootstrap-token',
    kubeProxy: components.kubeProxy ? kubeProxyObjects(facts) : [],
    runtimeClasses: runtime.nvidia ? [nvidiaClass] : [],
  };
}
