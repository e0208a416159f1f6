import type { AuthBase } from '../../config/spec.ts';
import { renderedFile, script, withSecret } from '../files.ts';
import type { NodeFile, PlanContext } from '../plan.ts';

const folder = '/var/lib/kubelet';

/** The ways to get a token, by the names of their scripts in templates/node/var/lib/kubelet/token. */
export type TokenSource = 'secret' | 'certificate' | 'federated' | 'imds' | 'himds';

/** The token.sh of this source. */
export const tokenScript = (source: TokenSource, { templates }: PlanContext): NodeFile =>
  script(templates, `${folder}/token.sh`, { mode: 0o700, template: `${folder}/token/${source}.sh` });

/** What token.sh reads. */
export const tokenEnv = (
  source: TokenSource,
  values: Readonly<Record<string, string>>,
  { templates }: PlanContext,
): NodeFile =>
  renderedFile(templates, `${folder}/token.env`, values, {
    template: `${folder}/token/${source}.env`,
    ...withSecret,
  });

/** How `join` proves who it is, with token.sh. */
export const tokenHook = (use: AuthBase['credentialUse']): string =>
  use === 'always' ? 'entra-always' : 'entra';
