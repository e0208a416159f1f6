export const provider = 'Microsoft.ContainerService';

/** A request that the stand-in's resource provider knows. */
export interface Operation {
  readonly kind: 'get' | 'user' | 'admin';
  readonly method: 'GET' | 'POST';
  /** The path's last segment behind the cluster's name, in lower case. */
  readonly action: string | undefined;
  /** What the caller must be allowed to do. */
  readonly permission: string;
  /** Query parameters beside api-version, with their values; null = any. */
  readonly parameters: Readonly<Record<string, readonly string[] | null>>;
}

export const operations: readonly Operation[] = [
  {
    kind: 'get',
    method: 'GET',
    action: undefined,
    permission: `${provider}/managedClusters/read`,
    parameters: {},
  },
  {
    kind: 'user',
    method: 'POST',
    action: 'listclusterusercredential',
    permission: `${provider}/managedClusters/listClusterUserCredential/action`,
    parameters: { 'format': ['azure', 'exec'], 'server-fqdn': null },
  },
  {
    kind: 'admin',
    method: 'POST',
    action: 'listclusteradmincredential',
    permission: `${provider}/managedClusters/listClusterAdminCredential/action`,
    parameters: { 'server-fqdn': null },
  },
];
