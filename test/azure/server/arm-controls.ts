/** What a test can do to the stand-in's Resource Manager beside its cluster. */
export interface ArmControls {
  /**
   * The next `count` requests of this method whose path matches change what they change, and then the connection is cut
   * before the answer.
   */
  cutAfter(method: string, path: RegExp, count?: number): void;
  /** The same, but nothing is changed. */
  cutBefore(method: string, path: RegExp, count?: number): void;
  /** What anyone may do, as the permissions API says it; `forbid` takes from it. From the start: everything. */
  setPermissions(entries: readonly PermissionEntry[]): void;
  /** `Registered` from the start. */
  setProvider(namespace: string, state: ProviderState): void;
  setSubscription(changes: Partial<Subscription>): void;
  /** A resource group beside the cluster's. */
  addResourceGroup(name: string): void;
}

export interface PermissionEntry {
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
}

export type ProviderState = 'Registered' | 'Registering' | 'NotRegistered' | 'Unregistered';

export interface Subscription {
  readonly displayName: string;
  readonly state: 'Enabled' | 'Warned' | 'PastDue' | 'Disabled' | 'Deleted';
}
