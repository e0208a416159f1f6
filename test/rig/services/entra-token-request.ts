/** The AKS server application, the same in every cloud: audience of the tokens that API servers take. */
export const aksServerApplication = '6dae42f8-4368-4678-94ff-3960e28e3630';

/** An answer of the token endpoint, in Entra's shape; `code` is the number of its AADSTS error. */
export interface TokenError {
  readonly status: number;
  readonly error: string;
  readonly code: number;
  readonly description: string;
}

export interface Application {
  readonly tenantId: string;
  readonly clientId: string;
  readonly secret: string;
}

/** The errors that a node can meet, with the words that Entra begins them with. */
const errors = {
  malformed: [400, 'invalid_request', 900144, 'The request body must contain the expected parameters.'],
  grant: [400, 'unsupported_grant_type', 70003, 'The app requested an unsupported grant type.'],
  scope: [400, 'invalid_scope', 70011, 'The provided value for scope is not valid.'],
  tenant: [
    400,
    'invalid_request',
    90002,
    'Tenant not found. Check to make sure you have the correct tenant ID.',
  ],
  application: [400, 'unauthorized_client', 700016, 'Application was not found in the directory.'],
  secret: [
    401,
    'invalid_client',
    7000215,
    'Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, ' +
      'not the client secret ID, for a secret added to the app.',
  ],
} as const satisfies Record<string, readonly [number, string, number, string]>;

export interface TokenRequest {
  /** Of the path. */
  readonly tenantId: string;
  readonly contentType: string | undefined;
  readonly body: string;
}

/** What is wrong with a request: an error to answer with, and a violation where no correct client would send it. */
export interface Rejection {
  readonly error: TokenError;
  readonly violation: string | null;
}

const fields = ['client_id', 'client_secret', 'grant_type', 'scope'];

/** Holds a client-credentials request against `application`, stricter than Entra; null = it deserves a token. */
export function rejectTokenRequest(request: TokenRequest, application: Application): Rejection | null {
  if (request.contentType !== 'application/x-www-form-urlencoded') {
    return reject('malformed', `content type ${request.contentType}`);
  }
  const form = parseForm(request.body);
  if (form === null) return reject('malformed', 'the body is no url-encoded UTF-8');
  const names = form.map(([name]) => name).toSorted();
  if (names.join() !== fields.join()) return reject('malformed', `fields ${names.join(' ')}`);
  const values = new Map(form);
  if (values.get('grant_type') !== 'client_credentials') return reject('grant', 'grant_type');
  if (values.get('scope') !== `${aksServerApplication}/.default`) return reject('scope', 'scope');
  if (request.tenantId !== application.tenantId) return reject('tenant', null);
  if (values.get('client_id') !== application.clientId) return reject('application', null);
  if (values.get('client_secret') !== application.secret) return reject('secret', null);
  return null;
}

function reject(kind: keyof typeof errors, violation: string | null): Rejection {
  const [status, error, code, text] = errors[kind];
  return { error: { status, error, code, description: `AADSTS${code}: ${text}` }, violation };
}

/**
 * The pairs of a form, or null if anything in it is not encoded as it must be. URLSearchParams would let a bare `%`
 * or broken UTF-8 pass.
 */
function parseForm(body: string): [string, string][] | null {
  if (!/^[A-Za-z0-9*._~+%=&-]*$/.test(body)) return null;
  try {
    return body.split('&').map((pair) => {
      const [name, value, ...rest] = pair
        .split('=')
        .map((part) => decodeURIComponent(part.replaceAll('+', ' ')));
      if (name === undefined || value === undefined || rest.length > 0) throw new URIError(pair);
      return [name, value];
    });
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}
