import { armError } from './arm-errors.ts';
import type { Answer } from './http.ts';
import type { Principal, Tokens } from './tokens.ts';

export interface TokenCheck {
  readonly tokens: Tokens;
  /** What ARM of this cloud takes, without `/.default`. */
  readonly audience: string;
  readonly authority: string;
  violate(words: string): void;
}

/** Who sends a request, or the 401 that ARM gives. */
export function principalOf(
  authorization: string | undefined,
  { tokens, audience, authority, violate }: TokenCheck,
): Principal | Answer {
  const refuse = (code: string, message: string) =>
    armError(401, code, message, {
      'www-authenticate': `Bearer authorization_uri="${authority}", error="invalid_token", error_description="${message}"`,
    });
  if (authorization === undefined) {
    violate('ARM: no Authorization header');
    return refuse('AuthenticationFailed', "Authentication failed. The 'Authorization' header is missing.");
  }
  const issued = tokens.find(authorization.replace(/^Bearer /, ''));
  if (!authorization.startsWith('Bearer ') || issued === undefined) {
    violate('ARM: a token that was not issued');
    return refuse('InvalidAuthenticationToken', 'The access token is invalid.');
  }
  if (issued.audience !== audience) {
    violate(`ARM: a token for ${issued.audience}, not for ${audience}`);
    return refuse(
      'InvalidAuthenticationTokenAudience',
      `The access token has been obtained for wrong audience or resource '${issued.audience}'. ` +
        `It should exactly match with one of the allowed audiences '${audience}'.`,
    );
  }
  if (issued.expiresOn * 1000 <= Date.now())
    return refuse(
      'ExpiredAuthenticationToken',
      'The access token expiry UTC time is earlier than current UTC time.',
    );
  return issued.principal;
}
