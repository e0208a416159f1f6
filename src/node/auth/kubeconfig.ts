import { compactJson } from '../../encode/document.ts';
import { textFile } from '../files.ts';
import type { NodeFile, PlanContext } from '../plan.ts';
import { bootstrapKubeconfigPath, caPath, kubeconfigPath } from '../paths.ts';

/** The user part of a kubeconfig (client-go `AuthInfo`). */
export type KubeUser = Readonly<Record<string, unknown>>;

/** Asks `token.sh` for a token at every use; client-go caches it to its expiry. */
export const execUser: KubeUser = {
  exec: {
    apiVersion: 'client.authentication.k8s.io/v1',
    command: '/var/lib/kubelet/token.sh',
    interactiveMode: 'Never',
  },
};

/**
 * The kubeconfig that kubelet starts from. With `bootstrap` it is used for certificate signing requests alone and
 * removed after the join; with `always` it is kubelet's own. JSON is YAML, smaller, and `jq` can read it on the node.
 */
export function kubeconfigFile({ facts, spec }: PlanContext, user: KubeUser): NodeFile {
  const content = compactJson({
    'apiVersion': 'v1',
    'kind': 'Config',
    'clusters': [{ name: 'c', cluster: { 'server': facts.server, 'certificate-authority': caPath } }],
    'users': [{ name: 'u', user }],
    'contexts': [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
    'current-context': 'x',
  });
  const path = spec.auth.credentialUse === 'always' ? kubeconfigPath : bootstrapKubeconfigPath;
  return textFile(path, content, { mode: 0o600, phase: 'boot', secret: true });
}
