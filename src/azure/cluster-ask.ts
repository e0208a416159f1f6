import type { Ask } from './arm-problem.ts';
import { targetPath } from './target.ts';
import type { Target } from './target.ts';

/** The one role that has both of the actions by which facts are read. */
const userRole = 'Azure Kubernetes Service Cluster User Role';

/** What is asked about a cluster. */
export function clusterAsk(target: Target, action: string, role: string = userRole): Ask {
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
    network: 'check the network and HTTPS_PROXY; with a facts file (`cluster.facts`) none is needed',
    path: targetPath,
  };
}
