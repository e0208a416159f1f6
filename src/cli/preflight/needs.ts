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

const clusters = 'Microsoft.ContainerService/managedClusters';
const machines = 'Microsoft.HybridCompute/machines';

const onCluster = (clusterId: string) => {
  const { name, subscriptionId } = parseResourceId(clusterId);
  return { scope: clusterId, subscriptionId, thing: name };
};

/** To read the cluster. */
export const readingNeed = (clusterId: string): Need => ({
  ...onCluster(clusterId),
  role: 'Azure Kubernetes Service Cluster User Role',
  actions: [`${clusters}/read`, `${clusters}/listClusterUserCredential/action`],
});

/** What the operator must be allowed for this config, and nothing else. */
export function needsOf({ clusterId, readsCluster, assignsRole, arc }: AzureSituation): readonly Need[] {
  const needs: Need[] = [];
  if (clusterId !== null && readsCluster) needs.push(readingNeed(clusterId));
  if (clusterId !== null && assignsRole) {
    const actions = ['read', 'write'].map((verb) => `Microsoft.Authorization/roleAssignments/${verb}`);
    needs.push({ ...onCluster(clusterId), role: 'Role Based Access Control Administrator', actions });
  }
  if (arc !== null) {
    const { subscriptionId, resourceGroup, writes } = arc;
    needs.push({
      scope: `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}`,
      subscriptionId,
      thing: `resource group ${resourceGroup}`,
      role: 'Azure Connected Machine Onboarding',
      actions: [`${machines}/read`, ...(writes ? [`${machines}/write`] : [])],
    });
  }
  return needs;
}
