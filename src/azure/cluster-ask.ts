import type { Ask } from './arm-problem.ts';
import { clusters } from './least-roles.ts';
import { withoutAzure } from './network-problem.ts';
import { targetPath } from './target.ts';
import type { Target } from './target.ts';

/** What is asked about a cluster. */
export function clusterAsk(target: Target, action: string, role: string = clusters.role): Ask {
  const { subscriptionId, resourceGroup, name, resourceId } = target;
  const list = `\`az aks list --subscription ${subscriptionId} --output table\` shows the clusters that there are`;
  return {
    action,
    role,
    subscriptionId,
    scope: resourceId,
    thing: 'the cluster',
    missing: { message: `there is no cluster ${name} in resource group ${resourceGroup}`, hint: list },
    group: { name: resourceGroup, hint: list },
    network: withoutAzure,
    path: targetPath,
  };
}
