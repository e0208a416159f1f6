import type { AzureCluster } from '../azure/index.ts';
import { parseResourceId } from '../config/values/resource-id.ts';
import type { Result } from '../diagnostics/diagnostic.ts';
import type { OperatorSource } from './azure-operator.ts';
import { withProgress } from './progress.ts';
import type { World } from './world.ts';

/** Reads a cluster from Azure. */
export function readCluster(
  resourceId: string,
  operator: OperatorSource,
  world: World,
): Promise<Result<AzureCluster>> {
  const { name } = parseResourceId(resourceId);
  return withProgress(`reading ${name} from Azure`, world, async () => {
    const signedIn = await operator();
    if (!signedIn.ok) return signedIn;
    const { clusterFacts } = await import('../azure/index.ts');
    return clusterFacts(resourceId, signedIn.value);
  });
}
