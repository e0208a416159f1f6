import type { AuthBase } from '../../config/spec.ts';
import { renderedFile, script } from '../files.ts';
import type { NodeFile, PlanContext } from '../plan.ts';
import { execUser, kubeconfigFile } from './kubeconfig.ts';

/** The AKS server application: the same id in every cloud. */
export const aksServerApp = '6dae42f8-4368-4678-94ff-3960e28e3630';

const folder = '/var/lib/kubelet';

/** The ways to get a token, by the names of their scripts in templates/node/var/lib/kubelet/token. */
export type TokenSource = 'secret' | 'certificate' | 'federated' | 'imds' | 'himds';

/** The kubeconfig that runs token.sh, and the token.sh of this source. */
export const tokenFiles = (source: TokenSource, context: PlanContext): readonly NodeFile[] => [
  kubeconfigFile(context, execUser),
  script(context.templates, `${folder}/token.sh`, { mode: 0o700, template: `${folder}/token/${source}.sh` }),
];

/** What token.sh reads. */
export const tokenEnv = (
  source: TokenSource,
  values: Readonly<Record<string, string>>,
  { templates }: PlanContext,
): NodeFile =>
  renderedFile(templates, `${folder}/token.env`, values, {
    template: `${folder}/token/${source}.env`,
    mode: 0o600,
    phase: 'boot',
    secret: true,
  });

/** How `join` proves who it is, with token.sh. */
export const tokenHook = (use: AuthBase['credentialUse']): string =>
  use === 'always' ? 'entra-always' : 'entra';
