import { defaultVersions } from '../../../catalog/index.ts';
import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { failures, fine, notKnown } from '../check.ts';
import type { Check, Outcome } from '../check.ts';

const codes: ReadonlySet<string> = new Set(['config/skew', 'config/version-pair']);

/** Whether what is wrong with the config is that its versions do not suit the cluster's. */
export const isUnsuited = ({ code }: Diagnostic): boolean => codes.has(code);

/** The kubelet suits the cluster, and containerd the kubelet. */
export const versions: Check = {
  why: 'a kubelet newer than the API server or over three minors older is not supported, nor is every containerd',
  online: false,
  after: () => ['cluster'],
  applies: () => true,
  async run({ facts, planned, config }): Promise<readonly Outcome[]> {
    const known = await facts();
    // With --offline nobody asks Azure.
    if (!known.ok) return notKnown(known.errors);
    const plan = await planned();
    const wrong = failures(plan.ok ? [] : plan.errors.filter(isUnsuited));
    if (wrong.length > 0) return wrong;
    const { versions: written } = config.loaded.spec;
    const server = known.value.kubernetesVersion;
    const kubelet = written.kubernetes ?? server;
    const containerd = written.containerd ?? defaultVersions(kubelet).containerd;
    return fine(`kubelet ${kubelet} and containerd ${containerd} for a cluster that runs ${server}`);
  },
};
