import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { failures, fine, needs } from '../check.ts';
import type { Check, Outcome } from '../check.ts';
import { mayRead } from './permissions.ts';

const isForbidden = ({ code }: Diagnostic): boolean => code === 'azure/forbidden';

/** The cluster is there, runs, and can be read. */
export const cluster: Check = {
  why: 'a machine can join only a cluster that runs, and flexgen reads from Azure how',
  online: true,
  after: () => ['sign-in', 'subscription'],
  applies: ({ azure }) => azure?.readsCluster === true,
  async run({ azure, facts }): Promise<readonly Outcome[]> {
    const known = await facts();
    if (known.ok) return fine(`${known.value.name} runs Kubernetes ${known.value.kubernetesVersion}`);
    // What the permissions API says as well stands there, with its role.
    const asExpected = known.errors.every(isForbidden) && azure !== null && !(await mayRead(azure));
    return asExpected ? needs('permissions') : failures(known.errors);
  },
};
