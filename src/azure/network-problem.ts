import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { azureProblem } from './problem.ts';
import type { Failure } from './transport.ts';

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection is refused',
  ECONNRESET: 'the connection was cut',
  ENOTFOUND: 'its name is not known',
  EAI_AGAIN: 'its name can’t be looked up',
  ENETUNREACH: 'there is no route to it',
  EHOSTUNREACH: 'there is no route to it',
  ETIMEDOUT: 'it does not answer',
  TIMEOUT: 'it did not answer within 30 s',
};

/** OpenSSL's names for a chain that ends nowhere. */
const untrusted = new Set([
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

const wrongTime = new Set(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID']);

const withoutAzure = 'check the network and HTTPS_PROXY; with a facts file (`cluster.facts`) none is needed';

/** Why nothing came back; `remedy` is for a network that is at fault. */
export function networkProblem({ host, network = '' }: Failure, remedy = withoutAzure): Diagnostic {
  if (untrusted.has(network)) {
    const hint =
      'name the authority that signs it: `azure.endpoints.ca`, or the variable NODE_EXTRA_CA_CERTS';
    return azureProblem('azure/tls', `the certificate of ${host} is not trusted (${network})`, hint);
  }
  if (wrongTime.has(network)) {
    const message = `the certificate of ${host} is not valid at this machine’s time (${network})`;
    return azureProblem('azure/clock', message, 'set this machine’s clock');
  }
  const why = reasons[network];
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
