import type { KeyObject } from 'node:crypto';
import {
  isCertificateAssertion,
  refuseCertificateAssertion,
  type AssertionRules,
} from './certificate-assertion.ts';
import type { Refusal } from './entra-errors.ts';
import { refuseFederatedAssertion } from './federated-assertion.ts';
import { jwtParts } from './jwt-parts.ts';

export interface TokenRules extends AssertionRules {
  readonly tenantId: string;
  readonly secret: string;
  readonly secretExpired: boolean;
  /** Scopes for which there is a resource in the tenant. */
  readonly scopes: ReadonlySet<string>;
  readonly federationKey: KeyObject;
}

export interface TokenRequest {
  /** Of the path. */
  readonly tenantId: string;
  readonly contentType: string;
  readonly body: string;
}

/** What any client credentials request has, then what it proves itself with, then what MSAL adds of its own. */
const required = ['client_id', 'grant_type', 'scope'];
const proofs = ['client_secret', 'client_assertion', 'client_assertion_type'];
const telemetry = /^(x-client-|x-app-|x-ms-lib-capability$|client-request-id$|client_info$|claims$)/;
const bearerType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** The scope of a request that deserves a token, or why it gets none. */
export function readTokenRequest(request: TokenRequest, rules: TokenRules): { scope: string } | Refusal {
  if (!/^application\/x-www-form-urlencoded(;|$)/.test(request.contentType))
    return { error: 'malformed', violation: `content type ${request.contentType || 'missing'}` };
  if (!isEncoded(request.body)) return { error: 'malformed', violation: 'a form that is not url-encoded' };
  const form = new URLSearchParams(request.body);
  const names = [...form.keys()];
  const strange = names.filter((name) => ![...required, ...proofs].includes(name) && !telemetry.test(name));
  const missing = required.filter((name) => form.get(name) === null);
  if (strange.length > 0 || missing.length > 0 || new Set(names).size < names.length)
    return { error: 'malformed', violation: `fields ${names.join(' ')}` };
  if (form.get('grant_type') !== 'client_credentials') return { error: 'grant', violation: 'grant_type' };
  if (request.tenantId.toLowerCase() !== rules.tenantId) return { error: 'tenant' };
  if (form.get('client_id') !== rules.clientId) return { error: 'application' };
  const refusal = refuseProof(form, rules);
  if (refusal !== null) return refusal;
  const scope = form.get('scope') ?? '';
  return rules.scopes.has(scope) ? { scope } : { error: 'resource', violation: `scope ${scope}` };
}

/** URLSearchParams lets a bare `%`, a second `=` and broken UTF-8 pass. */
function isEncoded(body: string): boolean {
  const pair = /^[\w.*~+!'()%-]+=[\w.*~+!'()%-]*$/;
  try {
    return body.split('&').every((part) => pair.test(part) && decodeURIComponent(part) !== '');
  } catch (error) {
    if (error instanceof URIError) return false;
    throw error;
  }
}

function refuseProof(form: URLSearchParams, rules: TokenRules): Refusal | null {
  const secret = form.get('client_secret');
  const assertion = form.get('client_assertion');
  const type = form.get('client_assertion_type');
  if ((secret === null) === (assertion === null) || (assertion === null) !== (type === null))
    return { error: 'noCredential', violation: 'not exactly one proof' };
  if (assertion === null) {
    if (secret !== rules.secret) return { error: 'secret' };
    return rules.secretExpired ? { error: 'expiredSecret' } : null;
  }
  if (type !== bearerType) return { error: 'malformed', violation: 'client_assertion_type' };
  const parts = jwtParts(assertion);
  if (parts === null) return { error: 'notAToken' };
  return isCertificateAssertion(parts)
    ? refuseCertificateAssertion(parts, rules)
    : refuseFederatedAssertion(parts, rules.federationKey, rules.now);
}
