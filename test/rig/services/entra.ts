import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { aksServerApplication, rejectTokenRequest } from './entra-token-request.ts';
import type { TokenError } from './entra-token-request.ts';
import { startHttpsServer } from './https-server.ts';
import { createTokenSigner } from './jwt.ts';

export interface EntraOptions {
  /** Takes the keys. */
  readonly dir: string;
  readonly tenantId: string;
  readonly clientId: string;
  /** The identity's object id, which is its user name in the cluster. */
  readonly objectId: string;
  readonly secret: string;
  /** Life of a token in seconds; Entra's is about an hour. */
  readonly expiresIn?: number;
}

export interface EntraRequest {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** AADSTS number, or null where a token or a document was handed out. */
  readonly code: number | null;
}

/** A stand-in for Entra ID: OIDC issuer and strict token endpoint of one tenant with one application. */
export interface Entra {
  /** For `auth.authority`, as a machine reaches it. */
  readonly authority: string;
  readonly localAuthority: string;
  readonly caPem: string;
  /** For the API server's `--authentication-config`. */
  readonly authenticationConfig: string;
  /** Every request, oldest first; no bodies. */
  readonly requests: readonly EntraRequest[];
  /** What no correct client would have sent, in words without secrets. */
  readonly violations: readonly string[];
  /** From now on only this secret is right. */
  setSecret(secret: string): void;
  /** Answers the next `count` token requests with `status` (429, 503) instead. */
  failNext(count: number, status: number, headers?: Readonly<Record<string, string>>): void;
  /** A token with other claims than the right ones, for the API server to refuse. */
  issue(claims?: Readonly<Record<string, unknown>>): string;
  stop(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly body: object;
  readonly code?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

export async function startEntra(options: EntraOptions): Promise<Entra> {
  const { tenantId, expiresIn = 3599 } = options;
  const issuer = `https://sts.windows.net/${tenantId}/`;
  const signer = createTokenSigner();
  const requests: EntraRequest[] = [];
  const violations: string[] = [];
  let secret = options.secret;
  let failures: Answer[] = [];

  const issue = (claims: Readonly<Record<string, unknown>> = {}): string => {
    const now = Math.floor(Date.now() / 1000);
    const { clientId: appid, objectId: oid } = options;
    const times = { iat: now, nbf: now, exp: now + expiresIn };
    const identity = { appid, idtyp: 'app', oid, sub: oid, tid: tenantId, ver: '1.0', uti: randomUUID() };
    return signer.sign({ aud: aksServerApplication, iss: issuer, ...times, ...identity, ...claims });
  };
  const token = (tenant: string, contentType: string | undefined, body: string): Answer => {
    const failure = failures.shift();
    if (failure !== undefined) return failure;
    const rejection = rejectTokenRequest({ tenantId: tenant, contentType, body }, { ...options, secret });
    if (rejection?.violation) violations.push(`token request: ${rejection.violation}`);
    if (rejection) return errorAnswer(rejection.error);
    return { status: 200, body: { token_type: 'Bearer', expires_in: expiresIn, access_token: issue() } };
  };
  const documents = new Map<string, object>([[`/${tenantId}/discovery/keys`, signer.keySet]]);
  const answer = async (request: IncomingMessage): Promise<Answer> => {
    const body = await readBody(request);
    const { method = '', url: path = '' } = request;
    const tenant = /^\/([^/?]+)\/oauth2\/v2\.0\/token$/.exec(path)?.[1];
    if (method === 'POST' && tenant !== undefined)
      return token(tenant, request.headers['content-type'], body);
    const document = method === 'GET' ? documents.get(path) : undefined;
    if (document !== undefined) return { status: 200, body: document };
    // Without its query: a client that is wrong enough to put a secret there must not put it into a log too.
    violations.push(`${method} ${path.split('?')[0]}`);
    return { status: 404, body: { error: 'not_found' } };
  };

  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { status, body, code = null, headers } = await answer(request);
    requests.push({ method: request.method ?? '', path: request.url?.split('?')[0] ?? '', status, code });
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
    response.end(JSON.stringify(body));
  };

  const server = await startHttpsServer(options.dir, 'entra', (request, response) => {
    respond(request, response).catch(() => response.destroy());
  });
  documents.set(`/${tenantId}/.well-known/openid-configuration`, {
    issuer,
    jwks_uri: `${server.localUrl}/${tenantId}/discovery/keys`,
    response_types_supported: ['id_token'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
  });

  return {
    authority: server.url,
    localAuthority: server.localUrl,
    caPem: server.caPem,
    authenticationConfig: authenticationConfig(issuer, server.localUrl, tenantId, server.caPem),
    requests,
    violations,
    setSecret: (value) => {
      secret = value;
    },
    failNext: (count, status, headers = {}) => {
      failures = Array.from({ length: count }, () => ({
        status,
        headers,
        body: { error: 'temporarily_unavailable' },
      }));
    },
    issue,
    stop: () => server.stop(),
  };
}

/** A user is an object id, as in AKS. The issuer is Azure's own name; where its keys are is this stand-in. */
function authenticationConfig(issuer: string, origin: string, tenantId: string, caPem: string): string {
  const config = {
    apiVersion: 'apiserver.config.k8s.io/v1',
    kind: 'AuthenticationConfiguration',
    jwt: [
      {
        issuer: {
          url: issuer,
          discoveryURL: `${origin}/${tenantId}/.well-known/openid-configuration`,
          audiences: [aksServerApplication],
          certificateAuthority: caPem,
        },
        claimMappings: { username: { claim: 'oid', prefix: '' } },
      },
    ],
  };
  return `${JSON.stringify(config, null, 2)}\n`;
}

function errorAnswer({ status, error, code, description }: TokenError): Answer {
  const trace = { trace_id: randomUUID(), correlation_id: randomUUID() };
  const words = `${description} Trace ID: ${trace.trace_id} Correlation ID: ${trace.correlation_id}`;
  return { status, code, body: { error, error_description: words, error_codes: [code], ...trace } };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('latin1');
}
