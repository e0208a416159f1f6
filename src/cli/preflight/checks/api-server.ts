import { networkProblem } from '../../../kubernetes/network-problem.ts';
import type { ClusterFacts } from '../../../config/facts.ts';
import { fine } from '../check.ts';
import type { Check, Outcome } from '../check.ts';
import { ProxyRefused } from '../probe.ts';

const isPrivate =
  'the cluster is private: only its own network knows its name and the way to it; run flexgen there or over its VPN, and give the machine such a way too';

function remedyFor({ aks }: ClusterFacts, hint: string): string {
  if (aks?.privateCluster === true) return isPrivate;
  const ranges = aks?.authorizedIPRanges ?? [];
  if (ranges.length === 0) return hint;
  return `only ${ranges.join(', ')} may reach it: \`az aks update --api-server-authorized-ip-ranges\` with this address and the machine’s`;
}

/** The API server answers over TLS that the cluster's own authority has signed; what it answers does not matter. */
export const apiServer: Check = {
  why: 'the machine joins through it; flexgen grants and makes tokens through it',
  online: true,
  after: () => ['cluster'],
  applies: () => true,
  async run({ facts, apiServer: ask }): Promise<readonly Outcome[]> {
    const known = await facts();
    if (!known.ok) return [];
    const { server } = known.value;
    try {
      const { status } = await ask();
      return fine(`${server} answers (${status})`);
    } catch (error) {
      const problem =
        error instanceof ProxyRefused
          ? { message: `can’t use the API server at ${server}: ${error.message}`, hint: 'check the proxy' }
          : networkProblem(error, server);
      if (problem === undefined) throw error;
      return [{ state: 'failed', detail: problem.message, remedy: remedyFor(known.value, problem.hint) }];
    }
  },
};
