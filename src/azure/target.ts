import { parseResourceId } from '../config/values/resource-id.ts';
import type { ClusterId } from '../config/values/resource-id.ts';

/** The cluster that is asked for. */
export interface Target extends ClusterId {
  readonly resourceId: string;
}

export function targetOf(resourceId: string): Target {
  return { resourceId, ...parseResourceId(resourceId) };
}

/** The options by which `az aks` names it. */
export const azOptions = ({ resourceGroup, name }: Target): string =>
  `--resource-group ${resourceGroup} --name ${name}`;

/** Where a config says which cluster it is. */
export const targetPath = 'cluster.resourceId';
