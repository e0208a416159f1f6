import type { SecretRef } from '../../config/spec.ts';
import type { ModeDefinition } from '../plan.ts';
import { kubeconfigFile } from './kubeconfig.ts';

export interface BootstrapToken {
  readonly mode: 'bootstrap-token';
  readonly token: SecretRef;
  readonly credentialUse: 'bootstrap';
}

// k8s.io/cluster-bootstrap/token/api: BootstrapTokenPattern.
const tokenPattern = /^[a-z0-9]{6}\.[a-z0-9]{16}$/;

export const bootstrapToken: ModeDefinition<BootstrapToken> = {
  mode: 'bootstrap-token',
  summary: 'a short-lived bootstrap token of the cluster; it can only ask for a node certificate',
  properties: {
    token: {
      $ref: '#/$defs/secret',
      description: 'The token, `[a-z0-9]{6}.[a-z0-9]{16}`, from the environment, a file or a command.',
      examples: [{ env: 'BOOTSTRAP_TOKEN' }],
    },
  },
  required: ['token'],
  read: (raw, context) => ({
    mode: 'bootstrap-token',
    token: context.secret(raw['token'], 'auth.token'),
    credentialUse: 'bootstrap',
  }),
  contribute(auth, context) {
    const token = context.secret(auth.token);
    if (!tokenPattern.test(token)) {
      context.report('auth.token', {
        severity: 'error',
        code: 'auth/bootstrap-token',
        message: 'the value of this secret is not a bootstrap token',
        hint: 'a bootstrap token is 6 characters, a dot and 16 characters of a-z0-9; `kubeadm token create` prints one',
      });
    }
    return { hook: 'bootstrap-token', files: [kubeconfigFile(context, { token })] };
  },
};
