import type { ArmControls } from './arm-controls.ts';
import type { Cloud } from './clouds.ts';
import type { Machines } from './machines.ts';
import type { RoleControls } from './role-assignments.ts';

/** States that ARM shows of a managed cluster. */
export type ProvisioningState = 'Succeeded' | 'Creating' | 'Updating' | 'Deleting' | 'Failed' | 'Canceled';

/**
 * The cluster that the stand-in holds. `setCluster` replaces the keys it is given; a key that is `null` is absent from
 * ARM's answer.
 */
export interface Cluster {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly name: string;
  readonly location: string;
  readonly provisioningState: ProvisioningState;
  readonly powerState: 'Running' | 'Stopped';
  /** What was asked for: `1.36.4` or `1.36`. */
  readonly kubernetesVersion: string;
  /** What runs: `major.minor.patch`. */
  readonly currentKubernetesVersion: string | null;
  /** Host name of the API server; null for a private cluster without a public name. */
  readonly fqdn: string | null;
  /** `apiServerAccessProfile.enablePrivateCluster` and `privateFqdn`. */
  readonly privateCluster: boolean;
  readonly authorizedIPRanges: readonly string[];
  readonly networkPlugin: 'azure' | 'kubenet' | 'none';
  readonly networkPluginMode: 'overlay' | null;
  readonly networkDataplane: 'azure' | 'cilium' | null;
  readonly networkPolicy: string | null;
  readonly podCidrs: readonly string[] | null;
  readonly serviceCidrs: readonly string[] | null;
  readonly dnsServiceIP: string | null;
  /** `aadProfile`: managed Entra integration, Kubernetes RBAC through Azure. null = no `aadProfile`. */
  readonly aadProfile: { readonly managed: boolean; readonly enableAzureRBAC: boolean } | null;
  readonly disableLocalAccounts: boolean;
  readonly httpProxyConfig: HttpProxyConfig | null;
  /** `securityProfile.customCATrustCertificates`, PEM each; sent as base64, as ARM does. */
  readonly customCATrustCertificates: readonly string[];
  /** The kubeconfig's `server`; null = `https://` + the cluster's name + `:443`. */
  readonly server: string | null;
  /** PEM of the kubeconfig's authority; null = one that nothing was signed by. */
  readonly caPem: string | null;
}

export interface HttpProxyConfig {
  readonly httpProxy?: string;
  readonly httpsProxy?: string;
  readonly noProxy?: readonly string[];
  readonly trustedCa?: string;
}

export interface AzureOptions {
  /** Whose scopes are right; default `public`. ARM's endpoint is the stand-in's in every case. */
  readonly cloud?: Cloud;
  /** The only scope for which ARM takes tokens; default that of `cloud`, e.g. `https://management.azure.com/.default`. */
  readonly scope?: string;
  readonly cluster?: Partial<Cluster>;
  /** Life of a token in seconds; Entra's is about an hour. */
  readonly expiresIn?: number;
}

export interface RecordedRequest {
  readonly method: string;
  /** Without its query. */
  readonly path: string;
  /** Of the query; null where there is none, as at Entra. */
  readonly apiVersion: string | null;
  readonly status: number;
}

/** A certificate and its private key; PEM files of mode 0600 and their contents. */
export interface CertificatePair {
  readonly certPem: string;
  readonly keyPem: string;
  readonly certFile: string;
  readonly keyFile: string;
  /** Certificate and key in one file, as CertificateCredential takes it. */
  readonly pairFile: string;
}

/** What the one application of the stand-in's tenant may sign in with. */
export interface Credentials {
  readonly tenantId: string;
  readonly clientId: string;
  /** Of the application's service principal. */
  readonly objectId: string;
  readonly secret: string;
  /** Registered with the application. */
  readonly certificate: CertificatePair;
  /** Registered with the application, but past its end: AADSTS700027. */
  readonly expiredCertificate: CertificatePair;
  /** Not registered with the application: AADSTS700027. */
  readonly strangeCertificate: CertificatePair;
  /** A token of a trusted external issuer; read anew for each request. */
  readonly federatedToken: string;
  readonly federatedTokenFile: string;
  /** The user-assigned identity of the machine that the metadata service serves; the other one is system-assigned. */
  readonly managedIdentity: ManagedIdentity;
  /** Of the user who is signed in to the fake `az` and `azd`. */
  readonly userObjectId: string;
}

export interface ManagedIdentity {
  readonly clientId: string;
  readonly objectId: string;
  readonly resourceId: string;
}

/** The fake `az` and `azd`, to be put first on PATH (the SDK runs them through /bin/sh). */
export interface CommandLines {
  /** The folder that holds both. */
  readonly dir: string;
  /** From now on each prints a token, or that nobody is signed in. Somebody is from the start. */
  signIn(signedIn: boolean): void;
  /** The arguments of every run, program first. */
  readonly runs: readonly string[];
}

/** A local Azure: Entra, ARM and the instance metadata service, for the real SDKs. */
export interface Azure extends ArmControls, RoleControls {
  /** ARM, `https://127.0.0.1:PORT`. */
  readonly endpoint: string;
  /** Entra, another port of the same kind. */
  readonly authorityHost: string;
  /** Plain HTTP, as at 169.254.169.254: for AZURE_POD_IDENTITY_AUTHORITY_HOST. */
  readonly imdsEndpoint: string;
  /** Where the agent of Azure Arc connects machines and gets their tokens; see his.ts. */
  readonly hisEndpoint: string;
  /** PEM of the throw-away authority of these servers, which are valid for 127.0.0.1 and, seen from a guest, 10.0.2.2. */
  readonly caFile: string;
  readonly caPem: string;
  /** PEM of the authority of the cluster's API server, as its kubeconfig holds it. */
  readonly clusterCaPem: string;
  /** `/subscriptions/…/managedClusters/…` of the cluster. */
  readonly resourceId: string;
  /** The scope ARM takes. */
  readonly scope: string;
  /** For the `--authentication-config` of a kube-apiserver that takes this tenant's tokens. */
  readonly authenticationConfig: string;
  readonly credentials: Credentials;
  readonly commandLines: CommandLines;
  /** The machines of Azure Arc. */
  readonly machines: Machines;
  /** Every access token that was issued. */
  issuedTokens(): readonly string[];
  /** Every request to any of the servers, oldest first. */
  readonly requests: readonly RecordedRequest[];
  /** What no correct client would have sent, in words without secrets. A test ends with none. */
  readonly violations: readonly string[];
  /** Empties `violations` and returns what was in it: for a test that expected them. */
  takeViolations(): readonly string[];
  setCluster(changes: Partial<Cluster>): void;
  /** GET answers 404 ResourceNotFound; `resourceGroup` also takes its group: 404 ResourceGroupNotFound. */
  removeCluster(what?: 'cluster' | 'resourceGroup'): void;
  /** The subscription is not there (404 SubscriptionNotFound) or of another tenant (401 InvalidAuthenticationTokenTenant). */
  hideSubscription(how: 'notFound' | 'otherTenant'): void;
  /** ARM answers the next `count` requests with 429, with `Retry-After` unless null. */
  throttle(count: number, retryAfterSeconds: number | null): void;
  /** ARM answers the next `count` requests with `status` and the error `code`. */
  failNext(count: number, status: number, code: string): void;
  /** Entra answers the next `count` token requests with `status` (429, 503). */
  failTokens(count: number, status: number, retryAfterSeconds?: number): void;
  /** Nobody may do `action`, e.g. `Microsoft.ContainerService/managedClusters/read`: 403 AuthorizationFailed. */
  forbid(action: string): void;
  disableLocalAccounts(disabled: boolean): void;
  /** From now on only this secret is right. */
  setSecret(secret: string): void;
  /** From now on the application has this certificate and no other. */
  setCertificate(certPem: string): void;
  /** From now on the secret is past its end: AADSTS7000222. */
  expireSecret(): void;
  /** From now on Entra's clock, and its `Date` header, is this far ahead of the machine's: beyond 5 minutes an assertion is AADSTS700024. */
  setClockSkew(seconds: number): void;
  /** From now on each answer takes this long: for a benchmark, which learns from it how many requests wait for one another. */
  setLatency(milliseconds: number): void;
  /** Whether the machine has managed identities; it has from the start. */
  setManagedIdentity(present: boolean): void;
  /** A federated token with other claims than the right ones; times in seconds. */
  issueFederatedToken(claims: Readonly<Record<string, unknown>>): string;
  /** Ends every server and removes the folder. */
  stop(): Promise<void>;
}
