import { ClusterRefused } from './refused.ts';

const reach = 'check that the cluster runs, and that a VPN or firewall lets you through to it';

/** What a system call's error code means for the operator. */
const networkCodes: Readonly<Record<string, readonly [what: string, hint: string]>> = {
  ECONNREFUSED: ['nothing listens there', 'is the cluster stopped? `az aks start` starts it'],
  ECONNRESET: ['the connection was cut', reach],
  EPIPE: ['the connection was cut', reach],
  EHOSTUNREACH: ['there is no way to it', reach],
  ENETUNREACH: ['there is no way to it', reach],
  ETIMEDOUT: ['it does not answer', reach],
  ENOTFOUND: [
    'its name is unknown here',
    'a private cluster’s name is known in its own network only: run flexgen there, or over its VPN',
  ],
  EAI_AGAIN: ['its name can’t be looked up', 'check this machine’s network and DNS'],
};

const otherAuthority: readonly [string, string] = [
  'its certificate is not signed by the config’s `cluster.ca`',
  'it is another cluster or its CA was rotated, or a proxy stands in between; nothing was sent to it',
];

/** What OpenSSL and Node's TLS say about a certificate. */
const tlsCodes: Readonly<Record<string, readonly [what: string, hint: string]>> = {
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: otherAuthority,
  UNABLE_TO_GET_ISSUER_CERT: otherAuthority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: otherAuthority,
  SELF_SIGNED_CERT_IN_CHAIN: otherAuthority,
  DEPTH_ZERO_SELF_SIGNED_CERT: otherAuthority,
  CERT_SIGNATURE_FAILURE: otherAuthority,
  CERT_HAS_EXPIRED: ['its certificate has expired', 'check this machine’s clock; else rotate the cluster’s'],
  CERT_NOT_YET_VALID: ['its certificate is not valid yet', 'check this machine’s clock'],
  ERR_TLS_CERT_ALTNAME_INVALID: [
    'its certificate is for another name',
    'use the name that `az aks get-credentials` writes, or `tls-server-name` in the kubeconfig',
  ],
};

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
  const known = networkCodes[code] ?? tlsCodes[code];
  if (known !== undefined) {
    const [what, hint] = known;
    return new ClusterRefused(`can’t use the API server at ${server}: ${what}`, hint);
  }
  return /^(ERR_SSL_|ERR_TLS_|EPROTO)/.test(code)
    ? new ClusterRefused(`the API server at ${server} refuses the TLS connection (${code})`, reach)
    : undefined;
}
