import type { Result } from '../diagnostics/diagnostic.ts';
import { ok } from '../diagnostics/diagnostic.ts';
import { binding, group, user } from './binding.ts';
import type { Subject } from './binding.ts';
import type { Bound } from './bound.ts';
import { ownerLabel } from './object.ts';
import type { WantedObject } from './object.ts';
import { nodeLabel } from './request-policy/index.ts';
import { unknownSubject } from './unknown-subject.ts';

/** What a config's nodes are granted in the cluster. */
export interface Grants {
  readonly wanted: readonly WantedObject[];
  /** The names of all bindings that are this identity's alone, wanted or not. */
  readonly own: readonly string[];
  /** The name of the binding that would let the identity read every secret, where the config does not ask for it. */
  readonly unwanted: string | null;
  /** What marks the bindings of an identity that comes and goes with its machine; null for those that stay. */
  readonly owner: string | null;
}

/** Who a config's nodes are to the cluster. */
export interface Identity {
  /** Of an Entra identity; null where it is not known. */
  readonly objectId: string | null;
  readonly owner: string | null;
  /** The only node that it may be; null where it may be many, or nobody knows which. */
  readonly nodeName: string | null;
}

/** What tokens that `flexgen` joins with bring along (`auth-extra-groups` of a bootstrap token's Secret). */
export const bootstrapGroup = 'system:bootstrappers:flexgen';

/** Shared by all modes: a node renews its own certificate. */
export const renewal = 'flexgen:selfnodeclient';

const csr = 'system:certificates.k8s.io:certificatesigningrequests';

/** Whose subjects’ requests the cluster approves by itself. */
export const approvalRole = `${csr}:nodeclient`;

/** The same for nodes that renew their own. */
export const renewalRole = `${csr}:selfnodeclient`;

const renews = () => binding(renewal, renewalRole, [group('system:nodes')]);

/** What is granted for any identity, where nobody knows yet whose it will be. */
export const sharedGrants = (owner: string | null): Grants => ({
  wanted: [renews()],
  own: [],
  unwanted: null,
  owner,
});

/** Each identity has bindings of its own, so that configs that share a cluster do not undo each other's. */
function grants(
  identity: string,
  subject: Subject,
  always: boolean,
  { owner, nodeName }: Pick<Identity, 'owner' | 'nodeName'>,
): Grants {
  const bootstrapper = `flexgen:node-bootstrapper:${identity}`;
  const approval = `flexgen:nodeclient:${identity}`;
  const node = `flexgen:system-node:${identity}`;
  const labels = owner === null ? {} : { [ownerLabel]: owner };
  const marked = nodeName === null ? labels : { ...labels, [nodeLabel]: nodeName };
  return {
    // Who signs every call with its own credential asks for no certificate: it may not ask for another node's either.
    wanted: always
      ? [binding(node, 'system:node', [subject], labels)]
      : [
          binding(bootstrapper, 'system:node-bootstrapper', [subject], marked),
          binding(approval, approvalRole, [subject], labels),
          renews(),
        ],
    own: [bootstrapper, approval, node],
    unwanted: always ? null : node,
    owner,
  };
}

/**
 * The ClusterRoleBindings of an auth mode (upstream's: "TLS bootstrapping", kubernetes.io). The cluster knows an Entra
 * identity by its object id; fails where that is not known.
 */
export function bindingsFor(auth: Bound, identity: Identity): Result<Grants> {
  const { objectId } = identity;
  const { mode, credentialUse } = auth;
  if (mode === 'bootstrap-token')
    return ok(grants(mode, group(bootstrapGroup), false, { owner: null, nodeName: null }));
  if (objectId === null) return { ok: false, errors: [unknownSubject(mode, auth.clientId ?? null)] };
  // RBAC compares letter by letter, and Entra's tokens have small ones.
  const name = objectId.toLowerCase();
  return ok(grants(`${mode}:${name}`, user(name), credentialUse === 'always', identity));
}
