import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { ApiServer } from '../../kubernetes/api-server.ts';
import type { Change } from '../../kubernetes/diff.ts';
import { podTitle } from '../../kubernetes/drain/pods.ts';
import type { NodePod } from '../../kubernetes/drain/pods.ts';
import { factsOf } from '../../kubernetes/kinds.ts';
import { lackedPermissions, permissionText } from '../../kubernetes/permissions.ts';
import type { Permission } from '../../kubernetes/permissions.ts';
import { rbacHint } from '../../kubernetes/status-problem.ts';
import type { NodeLook } from './look.ts';

const refusal = (code: string, message: string, hint: string): Diagnostic => ({
  severity: 'error',
  code: `azure/${code}`,
  message,
  hint,
});

const few = 5;

function listed(pods: readonly NodePod[]): string {
  const names = pods.slice(0, few).map((pod) => podTitle(pod).replace(/^pod /, ''));
  return `${names.join(', ')}${pods.length > few ? ` and ${pods.length - few} more` : ''}`;
}

/** What of a node forbids to empty it, unless that is forced. */
export function nodeRefusals({ name, node, pods }: NodeLook, { force }: { force: boolean }): Diagnostic[] {
  if (node === null) return [];
  if (!node.isForeign)
    return [
      refusal(
        'not-ours',
        `node ${name} is none that flexgen made: it lacks the label kubernetes.azure.com/managed=false`,
        `if it is one, \`kubectl label node ${name} kubernetes.azure.com/managed=false\``,
      ),
    ];
  const movable = pods.filter(({ bound }) => bound === null);
  if (force || movable.length === 0) return [];
  if (!node.isReady)
    return [
      refusal(
        'dead-node',
        `${name} is not Ready, so nobody there can end its pods: ${listed(movable)}`,
        `bring it back; or, where the machine is off for good, \`--force\` ends them without it (${node.said})`,
      ),
    ];
  const lost = movable.filter(({ replaced }) => !replaced);
  return lost.length === 0
    ? []
    : [
        refusal(
          'bare-pods',
          `nothing makes these pods of ${name} anew: ${listed(lost)}`,
          'move them yourself, or end them with `--force`',
        ),
      ];
}

/** What a node's pods lose. */
export function lossWarnings({ name, pods }: NodeLook): Diagnostic[] {
  const losing = pods.filter(({ bound, keepsData }) => bound === null && keepsData);
  if (losing.length === 0) return [];
  const message = `pods of ${name} have data in an emptyDir, which is lost: ${listed(losing)}`;
  return [{ severity: 'warning', code: 'reset/empty-dir', message }];
}

const core = (verb: string, resource: string): Permission => ({ verb, group: '', resource, namespace: null });

/** What takes a node out of a cluster. */
export const nodePermissions = (force: boolean): readonly Permission[] => [
  ...['get', 'list', 'patch', 'delete'].map((verb) => core(verb, 'nodes')),
  core('list', 'pods'),
  core('create', 'pods/eviction'),
  ...(force ? [core('delete', 'pods')] : []),
];

/** What takes back what was made for it. */
export function changePermissions(changes: readonly Change[]): readonly Permission[] {
  const all = changes.flatMap((change): readonly Permission[] => {
    if (change.action !== 'delete') return [];
    const { kind, namespace } = change.found;
    const { group, resource } = factsOf(kind);
    return [{ verb: 'delete', group, resource, namespace }];
  });
  return [...new Map(all.map((permission) => [permissionText(permission), permission])).values()];
}

/** Each permission that is lacking, before anything is done. Throws ClusterRefused. */
export async function permissionRefusals(
  api: ApiServer,
  permissions: readonly Permission[],
): Promise<Diagnostic[]> {
  const lacked = await lackedPermissions(api, permissions);
  return lacked.map((permission) =>
    refusal('forbidden', `you may not ${permissionText(permission)}; nothing was changed`, rbacHint),
  );
}
