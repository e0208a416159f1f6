import type { Result } from '../diagnostics/diagnostic.ts';
import { allowed } from './allowed.ts';
import type { Permission } from './allowed.ts';
import { armCall } from './arm-call.ts';
import type { Operator } from './operator.ts';

/**
 * What of `actions` the operator may do at a scope: a resource group, or a resource in one that has no parent, as a
 * cluster. For a machine that may not be there yet, ask its group. Deny assignments and conditions are not seen.
 */
export function permitted(
  operator: Operator,
  scope: string,
  actions: readonly string[],
): Promise<Result<ReadonlyMap<string, boolean>>> {
  const [, , subscriptionId = '', , group = '', , namespace, type, name] = scope.split('/');
  const ask = {
    subscriptionId,
    action: 'Microsoft.Authorization/permissions/read',
    role: 'Reader',
    scope,
    thing: scope,
    missing: { message: `there is no ${scope}`, hint: 'check the id' },
    group: {
      name: group,
      hint: `\`az group list --subscription ${subscriptionId}\` shows those that there are`,
    },
  };
  return armCall(operator, ask, async (settings) => {
    const { authorizationClient } = await import('./authorization-client.ts');
    const { permissions } = authorizationClient(settings, subscriptionId);
    const pages =
      namespace === undefined || type === undefined || name === undefined
        ? permissions.listForResourceGroup(group)
        : permissions.listForResource(group, namespace, '', type, name);
    const entries: Permission[] = [];
    for await (const entry of pages) entries.push(entry);
    return new Map(actions.map((action) => [action, allowed(entries, action)]));
  });
}
