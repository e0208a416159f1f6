import { readyOf } from './node.ts';
import type { Stage, Standing } from './stage.ts';

const requestOf = ({ request }: Standing): string => `${request?.name} of ${request?.requestor}`;

/** What is known of a node that is there: ` (kubelet 1.36.4, 10.8.0.7)`. */
function known({ node }: Standing): string {
  const parts = [...(node?.kubelet ? [`kubelet ${node.kubelet}`] : []), ...(node?.addresses ?? [])];
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

/** What kubelet, or the cluster for it, says of why it is not ready. */
function notReady({ node }: Standing): string {
  const ready = node === null ? undefined : readyOf(node);
  return ready === undefined ? 'kubelet has not said yet how it is' : ready.message || ready.reason;
}

const words = {
  request: ({ seesRequests }) =>
    `waits for the machine to ${seesRequests ? 'ask for its certificate' : 'register itself'}: it boots, downloads and installs`,
  approval: (standing) =>
    standing.request?.state === 'denied'
      ? `${requestOf(standing)} was denied`
      : `asked for its certificate: ${requestOf(standing)} waits to be approved`,
  signature: (standing) =>
    standing.request?.state === 'failed'
      ? `${requestOf(standing)} could not be signed`
      : `${requestOf(standing)} is approved, and waits to be signed`,
  registration: (standing) => `has its certificate (${requestOf(standing)}); kubelet is about to register it`,
  ready: (standing) => `is registered${known(standing)}, not Ready: ${notReady(standing)}`,
  heartbeat: (standing) => `was Ready${known(standing)}; waits for a sign of life`,
  done: (standing) => `is Ready${known(standing)}`,
} as const satisfies Record<Stage, (standing: Standing) => string>;

/** What a node has come to, and what it waits for: one sentence, the same as long as nothing changes. */
export const waitsFor = (standing: Standing): string => words[standing.stage](standing);
