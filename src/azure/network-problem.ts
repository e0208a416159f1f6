import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { causeWords, networkCause } from '../diagnostics/network-cause.ts';
import { azureProblem } from './problem.ts';
import type { Failure } from './transport.ts';

const reasons = {
  ...causeWords,
  'refused': 'the connection is refused',
  'unknown name': 'its name is not known',
  'no route': 'there is no route to it',
} as const;

/** What mends the network, where Azure is asked for a cluster’s facts. */
export const withoutAzure =
  'check the network and HTTPS_PROXY; with a facts file (`cluster.facts`) none is needed';

/** Why nothing came back; `remedy` is for a network that is at fault. */
export function networkProblem({ host, network = '' }: Failure, remedy = withoutAzure): Diagnostic {
  const cause = networkCause(network);
  if (cause === 'untrusted') {
    const hint =
      'name the authority that signs it: `azure.endpoints.ca`, or the variable NODE_EXTRA_CA_CERTS';
    return azureProblem('azure/tls', `the certificate of ${host} is not trusted (${network})`, hint);
  }
  if (cause === 'expired' || cause === 'not yet valid') {
    const message = `the certificate of ${host} is not valid at this machine’s time (${network})`;
    return azureProblem('azure/clock', message, 'set this machine’s clock');
  }
  // The transport's own code for its limit.
  const late = network === 'TIMEOUT' ? 'it did not answer within 30 s' : undefined;
  const why = cause === undefined ? late : reasons[cause];
  const message = `can't reach ${host}: ${why === undefined ? network : `${why} (${network})`}`;
  return azureProblem('azure/network', message, remedy);
}

/** Azure asks to come back later, and has been asked several times. */
export function throttledProblem({ host, status, retryAfter }: Failure): Diagnostic {
  const asked = retryAfter === undefined ? '' : `: it asks to wait ${retryAfter} s`;
  const message =
    status === 429
      ? `${host} takes no more requests for now (429)${asked}`
      : `${host} has a failure of its own (${status})${asked}`;
  const hint = status === 429 ? 'try again later' : 'try again later; https://status.azure.com shows outages';
  return azureProblem(status === 429 ? 'azure/throttled' : 'azure/unavailable', message, hint);
}
