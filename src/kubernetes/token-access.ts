import { apiServer } from './api-server.ts';
import type { ApiServer } from './api-server.ts';

export interface TokenAccess {
  readonly server: string;
  /** PEM: the only one that is trusted. */
  readonly ca: string;
  /** Entra's, for the AKS server application. */
  readonly token: string;
  readonly userAgent: string;
  /** Of the cluster, where it is known. */
  readonly tenantId: string | null;
  readonly timeout?: number;
}

/** Opens the way to an API server that takes Entra's tokens; the first call connects. No kubeconfig is needed. */
export function openWithToken(access: TokenAccess): ApiServer {
  const { server, ca, token, userAgent, tenantId, timeout } = access;
  const tenant = tenantId ?? 'TENANT';
  const its = tenantId === null ? 'the cluster’s' : `the cluster’s, ${tenantId}`;
  return apiServer(
    { ca, headers: { authorization: `Bearer ${token}` } },
    {
      server,
      userAgent,
      timeout,
      signIn: `your sign-in may be of another tenant than ${its}: \`az login --tenant ${tenant}\`, or set \`azure.tenantId\``,
    },
  );
}
