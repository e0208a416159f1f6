import { randomUUID } from 'node:crypto';
import type { Answer } from './http.ts';

/** Errors of the token endpoint: status, OAuth error, AADSTS number, and the words that Entra begins them with. */
const errors = {
  malformed: [400, 'invalid_request', 900144, 'The request body must contain the expected parameters.'],
  grant: [400, 'unsupported_grant_type', 70003, 'The app requested an unsupported grant type.'],
  resource: [400, 'invalid_resource', 500011, 'The resource principal was not found in the tenant.'],
  tenant: [
    400,
    'invalid_request',
    90002,
    'Tenant not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.',
  ],
  application: [
    400,
    'unauthorized_client',
    700016,
    'Application was not found in the directory. This can happen if the application has not been installed by the ' +
      'administrator of the tenant or consented to by any user in the tenant.',
  ],
  noCredential: [
    401,
    'invalid_client',
    7000216,
    "'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant type.",
  ],
  secret: [
    401,
    'invalid_client',
    7000215,
    'Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, ' +
      'not the client secret ID, for a secret added to the app.',
  ],
  expiredSecret: [
    401,
    'invalid_client',
    7000222,
    'The provided client secret keys for app are expired. Visit the Azure portal to create new keys for your app.',
  ],
  unknownKey: [
    401,
    'invalid_client',
    700027,
    'The certificate with identifier used to sign the client assertion is not registered on application. ' +
      '[Reason - The key was not found.]',
  ],
  signature: [
    401,
    'invalid_client',
    700027,
    'Client assertion contains an invalid signature. ' +
      '[Reason - The provided signature value did not match the expected signature value.]',
  ],
  expiredKey: [
    401,
    'invalid_client',
    700027,
    'Client assertion contains an invalid signature. [Reason - The key used is expired.]',
  ],
  time: [401, 'invalid_client', 700024, 'Client assertion is not within its valid time range.'],
  assertion: [
    401,
    'invalid_client',
    700021,
    'Client assertion application identifier does not match the client id.',
  ],
  audience: [
    401,
    'invalid_client',
    700023,
    'Client assertion audience claim does not match Realm issuer. Review the documentation.',
  ],
  notAToken: [401, 'invalid_client', 50027, 'JWT token is invalid or malformed.'],
  federatedSignature: [401, 'invalid_client', 50013, 'Assertion failed signature validation.'],
  federatedIssuer: [
    401,
    'invalid_client',
    700211,
    'No matching federated identity record found for presented assertion issuer.',
  ],
  federatedAudience: [
    401,
    'invalid_client',
    700212,
    'No matching federated identity record found for presented assertion audience.',
  ],
  federatedSubject: [
    401,
    'invalid_client',
    700213,
    'No matching federated identity record found for presented assertion subject.',
  ],
} as const satisfies Record<string, readonly [number, string, number, string]>;

export type EntraError = keyof typeof errors;

/** Why a token request gets none; `violation` where no correct client would have sent it. */
export interface Refusal {
  readonly error: EntraError;
  readonly violation?: string;
}

export function entraErrorAnswer(kind: EntraError, now: number): Answer {
  const [status, error, code, text] = errors[kind];
  const timestamp = new Date(now * 1000).toISOString().replace('T', ' ').replace(/\..*/, 'Z');
  const trace = { trace_id: randomUUID(), correlation_id: randomUUID() };
  const ids = `Trace ID: ${trace.trace_id} Correlation ID: ${trace.correlation_id} Timestamp: ${timestamp}`;
  return {
    status,
    body: {
      error,
      error_description: `AADSTS${code}: ${text} ${ids}`,
      error_codes: [code],
      timestamp,
      ...trace,
      error_uri: `https://login.microsoftonline.com/error?code=${code}`,
    },
  };
}
