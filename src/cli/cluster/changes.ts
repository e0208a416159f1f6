import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import { ok } from '../../diagnostics/diagnostic.ts';
import { diff } from '../../kubernetes/diff.ts';
import type { Change, Foreign } from '../../kubernetes/diff.ts';
import { titleOf } from '../../kubernetes/kinds.ts';
import { isOurs } from '../../kubernetes/object.ts';
import { readObjects } from '../../kubernetes/read.ts';
import { readTokens, tokenChange } from '../../kubernetes/tokens.ts';
import type { Session } from './session.ts';

const stillThere = (name: string): Diagnostic => ({
  severity: 'warning',
  code: 'cluster/system-node',
  message: `clusterrolebinding ${name} is still there: with it this identity can read every secret and sign in as any service account`,
  hint: 'where no other config has `credentialUse: always` for it: `flexgen cluster remove`, then `apply`',
});

function inTheWay({ wanted }: Foreign): Diagnostic {
  const { kind, namespace, name } = wanted;
  const get = `kubectl get ${kind.toLowerCase()} ${name}${namespace === null ? '' : ` -n ${namespace}`} -o yaml`;
  return {
    severity: 'error',
    code: 'cluster/foreign',
    message: `${titleOf(wanted)} is there with other contents, and flexgen has not made it`,
    hint: `nothing was changed; see it with \`${get}\`, and delete it if nobody needs it`,
  };
}

/**
 * What the config's nodes need in the cluster, and what of it is not there; fails where an object of ours has another
 * owner. Only reads, all at once. Throws ClusterRefused.
 */
export async function plannedChanges({ api, wish }: Session, now: Date): Promise<Result<readonly Change[]>> {
  const { grants, token, policies, kubeProxy, runtimeClasses } = wish;
  const extra = { kind: 'ClusterRoleBinding', namespace: null, name: grants.unwanted ?? '' } as const;
  const wanted = [...grants.wanted, ...kubeProxy, ...runtimeClasses, ...policies];
  const [found, tokens] = await Promise.all([
    readObjects(api, grants.unwanted === null ? wanted : [...wanted, extra]),
    token === null ? [] : readTokens(api),
  ]);
  const node = found.get(titleOf(extra));
  const { changes, foreign } = diff(wanted, found);
  const warnings = node === undefined || !isOurs(node) ? [] : [stillThere(node.name)];
  if (foreign.length > 0) return { ok: false, errors: [...warnings, ...foreign.map(inTheWay)] };
  return ok(token === null ? changes : [...changes, tokenChange(tokens, token, now)], warnings);
}
