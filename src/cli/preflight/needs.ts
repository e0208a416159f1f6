import { assignments, clusters, machines } from '../../azure/least-roles.ts';
import { groupIdOf } from '../../azure/machine-id.ts';
import { parseResourceId } from '../../config/values/resource-id.ts';
import type { AzureSituation } from './azure-situation.ts';

/** Actions at a scope, and the least of Azure's built-in roles that has all of them. */
export interface Need {
  readonly scope: string;
  readonly subscriptionId: string;
  /** The scope in words. */
  readonly thing: string;
  readonly role: string;
  readonly actions: readonly string[];
}

const onCluster = (clusterId: string) => {
  const { name, subscriptionId } = parseResourceId(clusterId);
  return { scope: clusterId, subscriptionId, thing: name };
};

/** To read the cluster. */
export const readingNeed = (clusterId: string): Need => ({
  ...onCluster(clusterId),
  role: clusters.role,
  actions: [clusters.read, clusters.listUser],
});

/** What the operator must be allowed for this config, and nothing else. */
export function needsOf({ clusterId, readsCluster, assignsRole, arc }: AzureSituation): readonly Need[] {
  const needs: Need[] = [];
  if (clusterId !== null && readsCluster) needs.push(readingNeed(clusterId));
  if (clusterId !== null && assignsRole) {
    const actions = [assignments.action('read'), assignments.action('write')];
    needs.push({ ...onCluster(clusterId), role: assignments.role, actions });
  }
  if (arc !== null) {
    const { subscriptionId, resourceGroup, writes } = arc;
    needs.push({
      scope: groupIdOf(arc),
      subscriptionId,
      thing: `resource group ${resourceGroup}`,
      role: machines.roles.write,
      actions: [machines.action('read'), ...(writes ? [machines.action('write')] : [])],
    });
  }
  return needs;
}
