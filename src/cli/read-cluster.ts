import { resolve } from 'node:path';
import type { AzureCluster } from '../azure/index.ts';
import type { CloudName } from '../config/clouds.ts';
import type { AzureSpec } from '../config/spec.ts';
import { parseResourceId } from '../config/values/resource-id.ts';
import type { Result } from '../diagnostics/diagnostic.ts';
import { ok } from '../diagnostics/diagnostic.ts';
import { UnreadableFile, readText } from '../io/text.ts';
import { caProblems } from './certificates.ts';
import type { Texts } from './open-config.ts';
import { withProgress } from './progress.ts';
import type { World } from './world.ts';

/** What the command line says about a cluster that is read from Azure. */
export interface AzureOptions {
  /** Wins over the config's. */
  readonly cloud?: CloudName;
}

async function readNamed(path: string, world: World): Promise<Result<string>> {
  try {
    return ok(await readText(resolve(world.cwd, path)));
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    const message = `can't read ${path}, which the environment names: ${error.reason}`;
    const hint = 'set AZURE_CLIENT_CERTIFICATE_PATH or AZURE_FEDERATED_TOKEN_FILE to a file that is there';
    return { ok: false, errors: [{ severity: 'error', code: 'azure/environment', message, hint }] };
  }
}

/** Reads a cluster from Azure as the config's `azure` section says; `texts` hold what that section names. */
export async function readCluster(
  resourceId: string,
  spec: AzureSpec,
  texts: Texts,
  { cloud = spec.cloud }: AzureOptions,
  world: World,
): Promise<Result<AzureCluster>> {
  const ca = spec.endpoints.ca === null ? null : (texts.get(spec.endpoints.ca.at) ?? '');
  const unusable = caProblems({ 'azure.endpoints.ca': ca });
  if (unusable.length > 0) return { ok: false, errors: unusable };
  const { name, subscriptionId } = parseResourceId(resourceId);
  return withProgress(`reading ${name} from Azure`, world, async () => {
    const { accessOf, clusterFacts, identityOf, operatorOf } = await import('../azure/index.ts');
    const identity = await identityOf(spec.signIn, {
      env: world.env,
      text: (at) => texts.get(at) ?? '',
      file: (path) => readNamed(path, world),
    });
    if (!identity.ok) return identity;
    const access = accessOf(spec, { cloud, identity: identity.value, ca });
    return clusterFacts(resourceId, operatorOf(access, subscriptionId));
  });
}
