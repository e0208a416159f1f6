import { errorCode } from '../diagnostics/error-code.ts';
import { causeWords, isTlsFailure, networkCause } from '../diagnostics/network-cause.ts';
import type { NetworkCause } from '../diagnostics/network-cause.ts';
import { ClusterRefused } from './refused.ts';

const words = {
  ...causeWords,
  'untrusted': 'its certificate is not signed by the config’s `cluster.ca`',
  'expired': 'its certificate has expired',
  'not yet valid': 'its certificate is not valid yet',
} as const satisfies Record<NetworkCause, string>;

const reach = 'check that the cluster runs, and that a VPN or firewall lets you through to it';

/** What the operator can do about it. */
const hints = {
  'refused': 'is the cluster stopped? `az aks start` starts it',
  'cut': reach,
  'no route': reach,
  'silence': reach,
  'unknown name':
    'a private cluster’s name is known in its own network only: run flexgen there, or over its VPN',
  'no look-up': 'check this machine’s network and DNS',
  'untrusted':
    'it is another cluster or its CA was rotated, or a proxy stands in between; nothing was sent to it',
  'expired': 'check this machine’s clock; else rotate the cluster’s',
  'not yet valid': 'check this machine’s clock',
  'other name': 'use the name that `az aks get-credentials` writes, or `tls-server-name` in the kubeconfig',
} as const satisfies Record<NetworkCause, string>;

function codeOf(error: Error): string {
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'ETIMEDOUT';
  return errorCode(error) ?? '';
}

/** A failed connection in words; what can't be explained is thrown on by the caller. */
export function networkProblem(error: unknown, server: string): ClusterRefused | undefined {
  if (!(error instanceof Error)) return undefined;
  // Several addresses were tried, each in vain.
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  const code = codeOf(first instanceof Error ? first : error);
  const cause = networkCause(code);
  if (cause !== undefined)
    return new ClusterRefused(`can’t use the API server at ${server}: ${words[cause]}`, hints[cause]);
  return isTlsFailure(code)
    ? new ClusterRefused(`the API server at ${server} refuses the TLS connection (${code})`, reach)
    : undefined;
}
