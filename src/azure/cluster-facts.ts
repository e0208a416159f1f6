import { ContainerServiceClient } from '@azure/arm-containerservice';
import type { CredentialResults } from '@azure/arm-containerservice';
import type { AccessToken } from '@azure/identity';
import type { ClusterFacts } from '../config/facts.ts';
import type { Diagnostic, Result } from '../diagnostics/diagnostic.ts';
import { ok } from '../diagnostics/diagnostic.ts';
import { armProblem } from './arm-problem.ts';
import { clusterAsk } from './cluster-ask.ts';
import { factsOf } from './facts-of.ts';
import { readKubeconfig } from './kubeconfig.ts';
import type { Server } from './kubeconfig.ts';
import { clusters } from './least-roles.ts';
import type { Operator } from './operator.ts';
import { stateProblem } from './state-problem.ts';
import { targetOf, targetPath } from './target.ts';
import type { Target } from './target.ts';
import { createTransport } from './transport.ts';

/** A cluster as Azure knows it. */
export interface AzureCluster {
  /** As Azure writes it, whatever the case it was asked for in. */
  readonly resourceId: string;
  readonly facts: ClusterFacts;
}

const failed = (...errors: readonly Diagnostic[]) => ({ ok: false, errors }) as const;

/** A client with a transport of its own, so that the failure that it saw is that of its own request. */
function createClient(token: AccessToken, { access, wait }: Operator, { subscriptionId }: Target) {
  const { ca, resourceManager, scope } = access;
  const { options, failure } = createTransport(ca, wait);
  const client = new ContainerServiceClient({ getToken: async () => token }, subscriptionId, {
    ...options,
    endpoint: resourceManager,
    // The SDK asks for the public cloud's scope, whatever its endpoint is.
    credentials: { scopes: [scope] },
  });
  return { clusters: client.managedClusters, failure };
}

/** `exec`: the format that works with local accounts disabled, and holds no credential. */
function serverOf({ kubeconfigs }: CredentialResults, target: Target): Result<Server> {
  const value = kubeconfigs?.[0]?.value ?? new Uint8Array();
  return readKubeconfig(Buffer.from(value).toString('utf8'), target);
}

const privateServer: Diagnostic = {
  severity: 'warning',
  code: 'azure/private-cluster',
  path: targetPath,
  message: 'the cluster is private: its API server has no public address',
  hint: 'the machine needs a way there (VPN, ExpressRoute) and must resolve its name',
};

async function readCluster(
  token: AccessToken,
  operator: Operator,
  target: Target,
): Promise<Result<AzureCluster>> {
  const getter = createClient(token, operator, target);
  const lister = createClient(token, operator, target);
  const { resourceGroup, name } = target;
  const [shown, listed] = await Promise.allSettled([
    getter.clusters.get(resourceGroup, name),
    lister.clusters.listClusterUserCredentials(resourceGroup, name, { format: 'exec' }),
  ]);
  const listProblem =
    listed.status === 'rejected'
      ? armProblem(listed.reason, clusterAsk(target, clusters.listUser), lister.failure())
      : undefined;
  if (shown.status === 'rejected') {
    const problem = armProblem(shown.reason, clusterAsk(target, clusters.read), getter.failure());
    // Whatever else is wrong with the cluster, both requests say the same of it.
    const both = problem.code === 'azure/forbidden' && listProblem?.code === problem.code;
    return both && listProblem !== undefined ? failed(problem, listProblem) : failed(problem);
  }
  const { provisioningState = '', powerState } = shown.value;
  const state = stateProblem({ provisioning: provisioningState, power: powerState?.code ?? '' }, target);
  if (state?.severity === 'error') return failed(state);
  if (listed.status === 'rejected') return failed(...(listProblem === undefined ? [] : [listProblem]));
  const server = serverOf(listed.value, target);
  if (!server.ok) return server;
  const facts = factsOf(shown.value, server.value, target);
  if (!facts.ok) return facts;
  const isPrivate = facts.value.aks?.privateCluster === true;
  const warnings = [...(state === undefined ? [] : [state]), ...(isPrivate ? [privateServer] : [])];
  return ok({ resourceId: shown.value.id ?? target.resourceId, facts: facts.value }, warnings);
}

/**
 * Signs in and reads a cluster by its resource id, in any case: two requests, at the same time, that change nothing.
 * Fails with what Azure refuses and what to do about it; a problem of the cluster has the path `cluster.resourceId`.
 */
export async function clusterFacts(resourceId: string, operator: Operator): Promise<Result<AzureCluster>> {
  const token = await operator.token();
  return token.ok ? readCluster(token.value, operator, targetOf(resourceId)) : token;
}
