import type { SecretRef } from '../../config/spec.ts';
import { parseDuration } from '../../config/values/duration.ts';
import { textFile, withSecret } from '../files.ts';
import type { ModeDefinition } from '../plan.ts';
import { textAt } from './entra-identity.ts';
import { isForGroup } from './scaling-group.ts';

export interface BootstrapToken {
  readonly mode: 'bootstrap-token';
  /** Of kind `minted` where flexgen makes it in the cluster. */
  readonly token: SecretRef;
  /** How long a token that flexgen makes lives; null where the config says where the token is. */
  readonly ttlSeconds: number | null;
  readonly credentialUse: 'bootstrap';
}

// k8s.io/cluster-bootstrap/token/api: BootstrapTokenPattern.
const tokenPattern = /^[a-z0-9]{6}\.[a-z0-9]{16}$/;

const at = 'auth.token';
const defaultLife = '24h';

export const bootstrapToken: ModeDefinition<BootstrapToken> = {
  mode: 'bootstrap-token',
  summary: 'a short-lived bootstrap token of the cluster; it can only ask for a node certificate',
  properties: {
    ttl: {
      type: 'string',
      format: 'token-life',
      description: `How long the token lives that flexgen makes in the cluster, from 10m to 168h. Default: ${defaultLife}.`,
      examples: [defaultLife, '90m', '7d'],
    },
    token: {
      $ref: '#/$defs/secret',
      description: 'A token that is there already, from the environment, a file or a command.',
      examples: [{ env: 'BOOTSTRAP_TOKEN' }],
    },
  },
  required: [],
  read(raw, context) {
    const mode = 'bootstrap-token';
    const credentialUse = 'bootstrap';
    if (context.written(at)) {
      if (context.written('auth.ttl')) {
        const message = '`ttl` and `token` exclude each other';
        const hint = '`ttl` is for a token that flexgen makes; how long this one lives is said already';
        context.report('auth.ttl', { severity: 'error', code: 'auth/token-and-ttl', message, hint }, 'key');
      }
      return { mode, token: context.secret(raw['token'] ?? {}, at), ttlSeconds: null, credentialUse };
    }
    const life = textAt(raw['ttl']) ?? defaultLife;
    const ttlSeconds = parseDuration(life) ?? null;
    if (isForGroup(context)) {
      const message = `the token lives for ${life}: machines that the scaling group makes later than that can’t join`;
      const hint = 'render again before that, or use service-principal, or managed-identity in Azure';
      const place = context.written('auth.ttl') ? 'auth.ttl' : 'auth.mode';
      context.report(place, { severity: 'warning', code: 'auth/scaling-group', message, hint });
    }
    const token = { at, kind: 'minted', placeholder: 'abcdef.0123456789abcdef' } as const;
    return { mode, token, ttlSeconds, credentialUse };
  },
  contribute(auth, context) {
    const token = context.secret(auth.token);
    if (!context.bakes && !tokenPattern.test(token)) {
      context.report(at, {
        severity: 'error',
        code: 'auth/bootstrap-token',
        message: 'the value of this secret is not a bootstrap token',
        hint: 'a bootstrap token is 6 characters, a dot and 16 characters of a-z0-9; `kubeadm token create` prints one',
      });
    }
    // Not among /etc/flexgen's settings, which every command of `join` has in its environment.
    return { hooks: ['bootstrap-token'], files: [textFile('/var/lib/kubelet/token', token, withSecret)] };
  },
};
