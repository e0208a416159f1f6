import type { ClusterFacts } from '../../config/facts.ts';
import type { Result } from '../../diagnostics/diagnostic.ts';
import { ok } from '../../diagnostics/diagnostic.ts';
import type { ApiServer } from '../../kubernetes/api-server.ts';
import { signInEnv } from '../../io/program-env.ts';
import { openWithToken } from '../../kubernetes/token-access.ts';
import type { OperatorSource } from '../azure-operator.ts';
import { kubeconfigFiles } from './kubeconfig-files.ts';
import type { OpenConfig } from '../open-config.ts';
import { operatorToken } from './operator-token.ts';
import { version } from '../version.ts';
import type { World } from '../world.ts';

/** The API server that is meant. */
export interface ClusterTarget {
  readonly facts: ClusterFacts;
  /** The cluster's Azure resource id; null for a cluster that is none of Azure's. */
  readonly clusterId: string | null;
  readonly operator: OperatorSource;
  readonly located: OpenConfig['located'];
}

/** What the command line says of the way there. */
export interface ConnectOptions {
  readonly kubeconfig?: string;
  readonly context?: string;
}

const userAgent = `flexgen/${version}`;

async function withToken({ facts, operator, located }: ClusterTarget): Promise<Result<ApiServer>> {
  const token = await operatorToken(operator);
  if (!token.ok) return { ok: false, errors: token.errors.map(located) };
  const { server, ca, tenantId } = facts;
  return ok(openWithToken({ server, ca, token: token.value, userAgent, tenantId }), token.warnings);
}

async function withKubeconfig(
  { facts }: ClusterTarget,
  { kubeconfig, context }: ConnectOptions,
  world: World,
): Promise<Result<ApiServer>> {
  const files = await kubeconfigFiles(kubeconfig, world);
  if (!files.ok) return files;
  // The client's package takes longer to load than a request.
  const [{ chooseEntry }, { openApiServer }] = await Promise.all([
    import('../../kubernetes/kubeconfig.ts'),
    import('../../kubernetes/access.ts'),
  ]);
  const { server, ca } = facts;
  const byHand = kubeconfig !== undefined || context !== undefined;
  const entry = chooseEntry(files.value, { server, context, byHand });
  if (!entry.ok) return entry;
  return ok(await openApiServer(entry.value, { ca, env: signInEnv(world.env), userAgent }), entry.warnings);
}

/**
 * Opens the way to a config's API server: by the kubeconfig that was named, else as who asks Azure where the cluster takes
 * Entra's tokens, else by the kubeconfig that kubectl would take. Throws ClusterRefused.
 */
export async function connectCluster(
  target: ClusterTarget,
  options: ConnectOptions,
  world: World,
): Promise<Result<ApiServer>> {
  const { facts, clusterId } = target;
  const named = options.kubeconfig !== undefined || options.context !== undefined;
  return named || facts.aks?.entra !== true || clusterId === null
    ? await withKubeconfig(target, options, world)
    : await withToken(target);
}
