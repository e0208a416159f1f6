import { KubeConfig } from '@kubernetes/client-node';
import type { RequestOptions } from 'node:https';
import { createSecureContext } from 'node:tls';
import { apiServer } from './api-server.ts';
import type { ApiServer } from './api-server.ts';
import { execUser } from './exec-credential.ts';
import type { Entry } from './kubeconfig.ts';
import { ClusterRefused } from './refused.ts';

export interface AccessOptions {
  /** PEM: the config's CA is the only one that is trusted, whatever the kubeconfig says. */
  readonly ca: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly userAgent: string;
  readonly timeout?: number;
}

/** What `https.request` needs to be this user: certificates read, plugin asked. */
async function credentials({ cluster, user }: Entry, options: AccessOptions): Promise<RequestOptions> {
  const config = new KubeConfig();
  const signedIn = user.exec ? await execUser(user, user.exec, options.env) : user;
  const { caFile: _replaced, ...rest } = cluster;
  const caData = Buffer.from(options.ca).toString('base64');
  config.loadFromClusterAndUser({ ...rest, caData, skipTLSVerify: false }, signedIn);
  const result: RequestOptions = {};
  try {
    await config.applyToHTTPSOptions(result);
    // A key that is none is else heard of at the first request, in words that nobody explains.
    createSecureContext({ cert: result.cert, key: result.key });
  } catch (error) {
    // Its words may hold what a plugin or a file says.
    const file = error instanceof Error && 'path' in error ? `: can’t read ${String(error.path)}` : '';
    throw new ClusterRefused(
      `the kubeconfig’s user \`${user.name}\` can’t be used${file}`,
      '`az aks get-credentials` writes a new one',
    );
  }
  return result;
}

/** Opens the way to the API server of a kubeconfig's entry; the first call connects. Throws ClusterRefused. */
export async function openApiServer(entry: Entry, options: AccessOptions): Promise<ApiServer> {
  const { userAgent, timeout } = options;
  return apiServer(await credentials(entry, options), {
    server: entry.cluster.server,
    userAgent,
    timeout,
    signIn: 'sign in again: `az login`, then `az aks get-credentials` for a kubeconfig that can',
  });
}
