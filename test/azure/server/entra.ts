import { X509Certificate } from 'node:crypto';
import { aksServerApplication } from './applications.ts';
import { armScopes } from './clouds.ts';
import type { Registration } from './credentials.ts';
import { entraErrorAnswer } from './entra-errors.ts';
import { keyOf } from './federated-assertion.ts';
import type { Answer, ReadRequest } from './http.ts';
import { issuerDocument } from './issuer.ts';
import { readTokenRequest } from './token-request.ts';
import type { Tokens } from './tokens.ts';

/** The token endpoint and the discovery documents of a tenant with one application. */
export interface Entra {
  answer(request: ReadRequest): Answer;
  failNext(count: number, status: number, retryAfterSeconds: number | undefined): void;
  setSecret(secret: string): void;
  expireSecret(): void;
  setCertificate(certPem: string): void;
  setClockSkew(seconds: number): void;
}

export interface EntraParts {
  readonly registration: Registration;
  readonly tokens: Tokens;
  /** A scope that exists beside those of the clouds. */
  readonly scope: string;
  violate(words: string): void;
}

export function createEntra({ registration, tokens, scope, violate }: EntraParts): Entra {
  const { credentials } = registration;
  let { certificates } = registration;
  const scopes = new Set([...Object.values(armScopes), scope, `${aksServerApplication}/.default`]);
  const federationKey = keyOf(registration.federationKeys);
  let failures: Answer[] = [];
  let secret = credentials.secret;
  let secretExpired = false;
  let skew = 0;

  const token = (tenantId: string, { headers, body }: ReadRequest): Answer => {
    const failure = failures.shift();
    if (failure !== undefined) return failure;
    const now = Math.floor(Date.now() / 1000) + skew;
    const audience = `${originOf(headers)}/${tenantId}/oauth2/v2.0/token`;
    const proofs = { secret, secretExpired, certificates, federationKey };
    const rules = { ...credentials, ...proofs, scopes, now, audience };
    const request = { tenantId, contentType: headers.get('content-type') ?? '', body };
    const read = readTokenRequest(request, rules);
    if ('error' in read) {
      if (read.violation !== undefined) violate(`token request: ${read.violation}`);
      return entraErrorAnswer(read.error, now);
    }
    const principal = {
      tenantId: credentials.tenantId,
      objectId: credentials.objectId,
      name: credentials.clientId,
    };
    const { token: access_token } = tokens.issue(principal, read.scope.slice(0, -'/.default'.length));
    const expires_in = tokens.expiresIn;
    return {
      status: 200,
      body: { token_type: 'Bearer', expires_in, ext_expires_in: expires_in, access_token },
      headers: { 'cache-control': 'no-store, no-cache', 'pragma': 'no-cache' },
    };
  };

  /** By the clock that it has; what it says without a skew is the machine's own time. */
  const dated = (answer: Answer): Answer => {
    if (skew === 0) return answer;
    const date = new Date(Date.now() + skew * 1000).toUTCString();
    return { ...answer, headers: { ...answer.headers, date } };
  };

  return {
    answer: (request) => {
      const { method, path, query, headers } = request;
      // MSAL repeats its correlation id in the query; nothing else belongs there.
      const isPlain = [...query.keys()].every((name) => name === 'client-request-id');
      const [, tenantId = '', rest = ''] = /^\/([^/]+)\/(.*)$/.exec(path) ?? [];
      if (method === 'POST' && rest === 'oauth2/v2.0/token' && isPlain)
        return dated(token(tenantId, request));
      if (method === 'GET' && rest === 'v2.0/.well-known/openid-configuration')
        return dated(discovery(originOf(headers), tenantId));
      const document =
        method === 'GET' && query.size === 0
          ? issuerDocument(path, originOf(headers), credentials.tenantId, tokens.keySet)
          : null;
      if (document !== null) return { status: 200, body: document };
      // Without the query's values: a client that is wrong enough to put a secret there must not put it into a log too.
      violate(`Entra: ${method} ${path} ${[...query.keys()].join(' ')}`.trimEnd());
      return { status: 404, body: { error: 'not_found' } };
    },
    failNext: (count, status, seconds) => {
      const headers: Record<string, string> = seconds === undefined ? {} : { 'retry-after': `${seconds}` };
      const body = {
        error: 'temporarily_unavailable',
        error_description: 'The service is temporarily busy.',
      };
      failures = Array.from({ length: count }, () => ({ status, body, headers }));
    },
    setSecret: (right) => {
      secret = right;
    },
    setCertificate: (certPem) => {
      certificates = [new X509Certificate(certPem)];
    },
    expireSecret: () => {
      secretExpired = true;
    },
    setClockSkew: (seconds) => {
      skew = seconds;
    },
  };
}

/** The server by the name under which this client knows it: a machine knows another than the workstation. */
const originOf = (headers: ReadRequest['headers']): string => `https://${headers.get('host')}`;

/**
 * For any tenant, though Entra has none for one that is not there: at the addresses of the real clouds MSAL doesn't ask
 * for it, so that a wrong tenant is first met at the token endpoint, and should be here.
 */
function discovery(origin: string, tenantId: string): Answer {
  const base = `${origin}/${tenantId}`;
  return {
    status: 200,
    body: {
      token_endpoint: `${base}/oauth2/v2.0/token`,
      token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
      jwks_uri: `${base}/discovery/v2.0/keys`,
      response_modes_supported: ['query', 'fragment', 'form_post'],
      subject_types_supported: ['pairwise'],
      id_token_signing_alg_values_supported: ['RS256'],
      issuer: `${base}/v2.0`,
      authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
      tenant_region_scope: 'EU',
    },
  };
}
