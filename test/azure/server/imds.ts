import type { ManagedIdentity } from './azure.ts';
import type { Answer, ReadRequest } from './http.ts';
import type { Principal, Tokens } from './tokens.ts';

/** What MSAL asks for; the service has more versions, and no correct client of ours sends another. */
const apiVersion = '2018-02-01';

/** The parameters that name a user-assigned identity, and what each is compared with. */
const selectors = {
  client_id: 'clientId',
  object_id: 'objectId',
  msi_res_id: 'resourceId',
} as const satisfies Record<string, keyof ManagedIdentity>;

export interface ImdsParts {
  readonly tokens: Tokens;
  readonly tenantId: string;
  readonly userAssigned: ManagedIdentity;
  /** Resources for which there are tokens: scopes without `/.default`. */
  readonly resources: ReadonlySet<string>;
  isPresent(): boolean;
  violate(words: string): void;
}

/** Of the machine's system-assigned identity. */
export const machineObjectId = '3a4b5c6d-7e8f-4901-a2b3-c4d5e6f70123';

/** Answers as the token endpoint of 169.254.169.254 does on a machine with a system- and a user-assigned identity. */
export function answerImds({ method, path, query, headers }: ReadRequest, parts: ImdsParts): Answer {
  const refuse = (violation: string, error: string, words: string): Answer => {
    parts.violate(`IMDS: ${violation}`);
    return { status: 400, body: { error, error_description: words } };
  };
  // With a slash behind it where MSAL has the service's address from the environment.
  if (method !== 'GET' || !/^\/metadata\/identity\/oauth2\/token\/?$/.test(path)) {
    parts.violate(`IMDS: ${method} ${path}`);
    return { status: 404, body: { error: 'not found' } };
  }
  if (headers.get('metadata')?.toLowerCase() !== 'true')
    return refuse('no Metadata header', 'invalid_request', 'Required metadata header not specified');
  if (headers.has('x-forwarded-for'))
    return refuse('through a proxy', 'invalid_request', 'Request was forwarded');
  if (query.get('api-version') !== apiVersion)
    return refuse('api-version', 'bad_request_102', 'Required api-version is not specified or not supported');
  const resource = query.get('resource') ?? '';
  if (!parts.resources.has(resource))
    return refuse(
      `resource ${resource}`,
      'invalid_resource',
      'AADSTS500011: The resource principal was not found.',
    );
  if (Object.keys(selectors).filter((name) => query.has(name)).length > 1)
    return refuse('two names of an identity', 'invalid_request', 'Only one identity can be asked for');
  const principal = parts.isPresent() ? principalFor(query, parts) : null;
  if (principal === null)
    return { status: 400, body: { error: 'invalid_request', error_description: 'Identity not found' } };
  return tokenAnswer(principal, resource, parts.tokens);
}

function tokenAnswer(principal: Principal, resource: string, tokens: Tokens): Answer {
  const { token, expiresOn } = tokens.issue(principal, resource);
  return {
    status: 200,
    // The numbers are strings here, unlike those of the token endpoint.
    body: {
      access_token: token,
      client_id: principal.name,
      expires_in: `${tokens.expiresIn}`,
      expires_on: `${expiresOn}`,
      ext_expires_in: `${tokens.expiresIn}`,
      not_before: `${expiresOn - tokens.expiresIn}`,
      resource,
      token_type: 'Bearer',
    },
  };
}

function principalFor(query: URLSearchParams, { tenantId, userAssigned }: ImdsParts): Principal | null {
  const named = Object.entries(selectors).find(([name]) => query.has(name));
  if (named === undefined)
    return {
      tenantId,
      objectId: machineObjectId,
      name: '4b5c6d7e-8f90-4a12-b3c4-d5e6f7081234',
    };
  const [name, key] = named;
  const isRight = query.get(name)?.toLowerCase() === userAssigned[key].toLowerCase();
  return isRight ? { tenantId, objectId: userAssigned.objectId, name: userAssigned.clientId } : null;
}
