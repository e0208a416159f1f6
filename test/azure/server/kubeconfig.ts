import { stringify } from 'yaml';
import { aksServerApplication } from './applications.ts';
import type { Cluster } from './azure.ts';
import { serverOf } from './cluster.ts';

/** The application of kubectl's users; AKS's kubeconfigs name it in every cloud. */
const aksClientApplication = '80faf920-1908-4b52-b5ef-a8e7bedfc67a';

export interface KubeconfigParts {
  readonly cluster: Cluster;
  readonly tenantId: string;
  /** PEM of the API server's authority. */
  readonly caPem: string;
}

/** How the user part is written: for kubelogin, or for the plug-in that kubectl had until 1.26. */
export type UserFormat = 'exec' | 'azure';

/** `CredentialResults` of listClusterUserCredential and listClusterAdminCredential. */
export function credentialResults(who: 'user' | 'admin', parts: KubeconfigParts, format: UserFormat): object {
  const name = who === 'admin' ? 'clusterAdmin' : 'clusterUser';
  const yaml = kubeconfig(name, parts, format);
  return { kubeconfigs: [{ name, value: Buffer.from(yaml).toString('base64') }] };
}

function kubeconfig(
  role: 'clusterAdmin' | 'clusterUser',
  parts: KubeconfigParts,
  format: UserFormat,
): string {
  const { cluster, caPem } = parts;
  const user = `${role}_${cluster.resourceGroup}_${cluster.name}`;
  const context = role === 'clusterAdmin' ? `${cluster.name}-admin` : cluster.name;
  const fixed = role === 'clusterAdmin' || cluster.aadProfile === null;
  return stringify(
    {
      'apiVersion': 'v1',
      'clusters': [
        {
          cluster: { 'certificate-authority-data': btoa(caPem), 'server': serverOf(cluster) },
          name: cluster.name,
        },
      ],
      'contexts': [{ context: { cluster: cluster.name, user }, name: context }],
      'current-context': context,
      'kind': 'Config',
      'preferences': {},
      'users': [{ name: user, user: fixed ? certificateUser() : entraUser(parts.tenantId, format) }],
    },
    { lineWidth: 0 },
  );
}

/** Nothing in it is a real key; a client that keeps any of it has kept what it should have thrown away. */
function certificateUser(): object {
  return {
    'client-certificate-data': btoa('flexgen-test client certificate'),
    'client-key-data': btoa('flexgen-test client key'),
    'token': 'flexgen-test-static-token',
  };
}

function entraUser(tenantId: string, format: UserFormat): object {
  const ids = { client: aksClientApplication, server: aksServerApplication, tenant: tenantId };
  const login = [
    ['get-token', '--environment', 'AzurePublicCloud', '--server-id', ids.server],
    ['--client-id', ids.client, '--tenant-id', ids.tenant],
  ].flat();
  return format === 'azure'
    ? {
        'auth-provider': {
          config: {
            'apiserver-id': ids.server,
            'client-id': ids.client,
            'config-mode': '1',
            'environment': 'AzurePublicCloud',
            'tenant-id': ids.tenant,
          },
          name: 'azure',
        },
      }
    : {
        exec: {
          apiVersion: 'client.authentication.k8s.io/v1beta1',
          command: 'kubelogin',
          args: [...login, '--login', 'devicecode'],
          env: null,
          installHint: 'kubelogin is not installed, see https://aka.ms/aks/kubelogin',
          provideClusterInfo: false,
        },
      };
}
