import { isTlsFailure, networkCause } from '../diagnostics/network-cause.ts';
import type { NetworkCause } from '../diagnostics/network-cause.ts';
import { ClusterRefused } from './refused.ts';

const reach = 'check that the cluster runs, and that a VPN or firewall lets you through to it';

/** What happened, and what the operator can do about it. */
const words = {
  'refused': ['nothing listens there', 'is the cluster stopped? `az aks start` starts it'],
  'cut': ['the connection was cut', reach],
  'no route': ['there is no way to it', reach],
  'silence': ['it does not answer', reach],
  'unknown name': [
    'its name is unknown here',
    'a private cluster’s name is known in its own network only: run flexgen there, or over its VPN',
  ],
  'no look-up': ['its name can’t be looked up', 'check this machine’s network and DNS'],
  'untrusted': [
    'its certificate is not signed by the config’s `cluster.ca`',
    'it is another cluster or its CA was rotated, or a proxy stands in between; nothing was sent to it',
  ],
  'expired': ['its certificate has expired', 'check this machine’s clock; else rotate the cluster’s'],
  'not yet valid': ['its certificate is not valid yet', 'check this machine’s clock'],
  'other name': [
    'its certificate is for another name',
    'use the name that `az aks get-credentials` writes, or `tls-server-name` in the kubeconfig',
  ],
} as const satisfies Record<NetworkCause, readonly [what: string, hint: string]>;

function codeOf(error: Error): string {
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'ETIMEDOUT';
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** A failed connection in words; what can't be explained is thrown on by the caller. */
export function networkProblem(error: unknown, server: string): ClusterRefused | undefined {
  if (!(error instanceof Error)) return undefined;
  // Several addresses were tried, each in vain.
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  const code = codeOf(first instanceof Error ? first : error);
  const cause = networkCause(code);
  if (cause !== undefined) {
    const [what, hint] = words[cause];
    return new ClusterRefused(`can’t use the API server at ${server}: ${what}`, hint);
  }
  return isTlsFailure(code)
    ? new ClusterRefused(`the API server at ${server} refuses the TLS connection (${code})`, reach)
    : undefined;
}
