import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Operator } from '../azure/index.ts';
import type { ClusterFacts } from '../config/facts.ts';
import type { AzureSpec } from '../config/spec.ts';
import type { Result } from '../diagnostics/diagnostic.ts';
import { ok, refused } from '../diagnostics/diagnostic.ts';
import { UnreadableFile, readText } from '../io/text.ts';
import type { NodeSpec } from '../node/index.ts';
import { caProblems } from './certificates.ts';
import type { Texts } from './open-config.ts';
import { withProgress } from './progress.ts';
import type { World } from './world.ts';

/** Who asks Azure in this command: one operator, who signs in once for each kind of token. */
export type OperatorSource = () => Promise<Result<Operator>>;

async function readNamed(path: string, world: World): Promise<Result<string>> {
  try {
    return ok(await readText(resolve(world.cwd, path)));
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    const message = `can't read ${path}, which the environment names: ${error.reason}`;
    const hint = 'set AZURE_CLIENT_CERTIFICATE_PATH or AZURE_FEDERATED_TOKEN_FILE to a file that is there';
    return refused({ code: 'azure/environment', message, hint });
  }
}

async function newOperator(
  subscriptionId: string,
  spec: AzureSpec,
  texts: Texts,
  world: World,
): Promise<Result<Operator>> {
  const ca = spec.endpoints.ca === null ? null : (texts.get(spec.endpoints.ca.at) ?? '');
  const unusable = caProblems({ 'azure.endpoints.ca': ca });
  if (unusable.length > 0) return { ok: false, errors: unusable };
  const { accessOf, identityOf, operatorOf } = await import('../azure/index.ts');
  const identity = await identityOf(spec.signIn, {
    env: world.env,
    text: (at) => texts.get(at) ?? '',
    file: (path) => readNamed(path, world),
  });
  if (!identity.ok) return identity;
  const access = accessOf(spec, { cloud: spec.cloud, identity: identity.value, ca });
  // A new identity is known everywhere in minutes, and who asks too often has to wait.
  const wait = (milliseconds: number) => withProgress('waiting for Azure', world, () => delay(milliseconds));
  return ok(operatorOf(access, subscriptionId, wait));
}

/**
 * The operator as the config's `azure` section says, found at the first call; `texts` hold what that section names.
 * `scope` is of the subscription that the operator works in: the resource id of the cluster, as a rule.
 */
export function azureOperator(scope: string, spec: AzureSpec, texts: Texts, world: World): OperatorSource {
  const [, , subscriptionId = ''] = scope.split('/');
  let operator: Promise<Result<Operator>> | undefined;
  return () => (operator ??= newOperator(subscriptionId, spec, texts, world));
}

type AskedSpec = Pick<NodeSpec, 'cluster' | 'azure'>;

/** Who reads the cluster of a config, where it is a resource id. */
export function readerOf({ cluster, azure }: AskedSpec, texts: Texts, world: World): OperatorSource {
  return azureOperator(cluster.kind === 'resource-id' ? cluster.resourceId : '', azure, texts, world);
}

/** A cluster's place in Azure. */
interface AzurePlace {
  /** Its resource id; null for a cluster that is none of Azure's. */
  readonly clusterId: string | null;
  readonly operator: OperatorSource;
}

/** Where in Azure a cluster is that is known, and who works there: its `reader`, if it had one. */
export function placeOf(
  { cluster, azure }: AskedSpec,
  { aks }: ClusterFacts,
  { reader, texts }: { readonly reader: OperatorSource; readonly texts: Texts },
  world: World,
): AzurePlace {
  if (cluster.kind === 'resource-id')
    return { clusterId: aks?.resourceId ?? cluster.resourceId, operator: reader };
  const clusterId = aks?.resourceId ?? null;
  return { clusterId, operator: azureOperator(clusterId ?? '', azure, texts, world) };
}
