import { aksServerApplication } from './applications.ts';

/** Who the tenant's access tokens of version 1 say they are from. */
export const issuerOf = (tenantId: string): string => `https://sts.windows.net/${tenantId}/`;

/** What the tenant publishes for whoever checks its tokens, by path; null where there is nothing. */
export function issuerDocument(
  path: string,
  origin: string,
  tenantId: string,
  keySet: object,
): object | null {
  if (path === `/${tenantId}/discovery/keys`) return keySet;
  if (path !== `/${tenantId}/.well-known/openid-configuration`) return null;
  return {
    issuer: issuerOf(tenantId),
    jwks_uri: `${origin}/${tenantId}/discovery/keys`,
    response_types_supported: ['id_token'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
  };
}

/**
 * For a kube-apiserver's `--authentication-config`. A user is an object id, as in AKS; the issuer is Azure's own name, and
 * where its keys are is this stand-in.
 */
export function authenticationConfig(origin: string, tenantId: string, caPem: string): string {
  const config = {
    apiVersion: 'apiserver.config.k8s.io/v1',
    kind: 'AuthenticationConfiguration',
    jwt: [
      {
        issuer: {
          url: issuerOf(tenantId),
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
