import type { Diagnostic, Result } from '../diagnostics/diagnostic.ts';
import { ok } from '../diagnostics/diagnostic.ts';
import { applyChange } from '../kubernetes/apply.ts';
import { diff, isWrite } from '../kubernetes/diff.ts';
import type { Change, Foreign } from '../kubernetes/diff.ts';
import { titleOf } from '../kubernetes/kinds.ts';
import { isOurs } from '../kubernetes/object.ts';
import { readObjects, readOurs } from '../kubernetes/read.ts';
import { ClusterRefused } from '../kubernetes/refused.ts';
import { removal } from '../kubernetes/removal.ts';
import type { Session } from './cluster-session.ts';

const stillThere = (name: string): Diagnostic => ({
  severity: 'warning',
  code: 'cluster/system-node',
  message: `clusterrolebinding ${name} is still there: with it this identity can read every secret`,
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
 * owner. Only reads. Throws ClusterRefused.
 */
export async function plannedChanges({ api, grants }: Session): Promise<Result<readonly Change[]>> {
  const { wanted, unwanted } = grants;
  const extra = { kind: 'ClusterRoleBinding', namespace: null, name: unwanted ?? '' } as const;
  const found = await readObjects(api, unwanted === null ? wanted : [...wanted, extra]);
  const node = found.get(titleOf(extra));
  const { changes, foreign } = diff(wanted, found);
  const warnings = node === undefined || !isOurs(node) ? [] : [stillThere(node.name)];
  return foreign.length === 0
    ? ok(changes, warnings)
    : { ok: false, errors: [...warnings, ...foreign.map(inTheWay)] };
}

/** What `remove` takes back. Only reads. Throws ClusterRefused. */
export async function removableChanges({ api, grants }: Session): Promise<readonly Change[]> {
  return removal(grants, await readOurs(api, 'ClusterRoleBinding', null));
}

/** Makes the changes one by one; `done` hears of each. Throws ClusterRefused, which says how far it came. */
export async function perform(
  changes: readonly Change[],
  { api }: Session,
  done: (change: Change) => Promise<void>,
): Promise<void> {
  const count = changes.filter(isWrite).length;
  let made = 0;
  for (const change of changes) {
    try {
      await applyChange(api, change);
    } catch (error) {
      if (!(error instanceof ClusterRefused)) throw error;
      throw new ClusterRefused(`${error.message}; ${made} of ${count} changes were made`, error.hint);
    }
    if (isWrite(change)) made += 1;
    await done(change);
  }
}
