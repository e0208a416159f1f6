import type { Diagnostic, Result } from '../diagnostics/diagnostic.ts';
import { ok } from '../diagnostics/diagnostic.ts';
import type { Auth } from '../node/auth/index.ts';
import { binding, group, user } from './binding.ts';
import type { Subject } from './binding.ts';
import type { WantedObject } from './object.ts';

/** What a config's nodes need in the cluster. */
export interface Grants {
  readonly wanted: readonly WantedObject[];
  /** The names of all bindings that are this identity's alone, wanted or not. */
  readonly own: readonly string[];
  /** The name of the binding that would let the identity read every secret, where the config does not ask for it. */
  readonly unwanted: string | null;
}

/** What tokens that `flexgen` joins with bring along (`auth-extra-groups` of a bootstrap token's Secret). */
const bootstrapGroup = 'system:bootstrappers:flexgen';

/** Shared by all modes: a node renews its own certificate. */
export const renewal = 'flexgen:selfnodeclient';

const csr = 'system:certificates.k8s.io:certificatesigningrequests';

/** Each identity has bindings of its own, so that configs that share a cluster do not undo each other's. */
function grants(identity: string, subject: Subject, always: boolean): Grants {
  const bootstrapper = `flexgen:node-bootstrapper:${identity}`;
  const approval = `flexgen:nodeclient:${identity}`;
  const node = `flexgen:system-node:${identity}`;
  return {
    wanted: [
      binding(bootstrapper, 'system:node-bootstrapper', [subject]),
      binding(approval, `${csr}:nodeclient`, [subject]),
      binding(renewal, `${csr}:selfnodeclient`, [group('system:nodes')]),
      ...(always ? [binding(node, 'system:node', [subject])] : []),
    ],
    own: [bootstrapper, approval, node],
    unwanted: always ? null : node,
  };
}

const noObjectId = (auth: Exclude<Auth, { mode: 'bootstrap-token' }>): Diagnostic => ({
  severity: 'error',
  code: 'cluster/object-id',
  path: 'auth.objectId',
  message: `the cluster knows a ${auth.mode.replace('-', ' ')} by its object id, and the config doesn’t have it`,
  hint:
    auth.mode === 'service-principal'
      ? `add \`objectId: GUID\`; \`az ad sp show --id ${auth.clientId} --query id -o tsv\` prints it`
      : 'add `objectId: GUID`',
});

/**
 * The ClusterRoleBindings of an auth mode (upstream's: "TLS bootstrapping", kubernetes.io). Fails where the config
 * does not say who the subject is; warns where it asks for more than a node certificate.
 */
export function bindingsFor(auth: Auth): Result<Grants> {
  switch (auth.mode) {
    case 'bootstrap-token':
      return ok(grants('bootstrap-token', group(bootstrapGroup), false));
    case 'managed-identity':
    case 'arc':
    case 'service-principal': {
      if (auth.objectId === null) return { ok: false, errors: [noObjectId(auth)] };
      const identity = `${auth.mode}:${auth.objectId}`;
      return ok(grants(identity, user(auth.objectId), auth.credentialUse === 'always'));
    }
  }
}
