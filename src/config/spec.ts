import type { Arch } from '../catalog/index.ts';
import type { CloudName } from './clouds.ts';
import type { ClusterFacts } from './facts.ts';
import type { SignInName } from './values/sign-in.ts';

/** A file that the config names, as written, relative to the config file. `at` is the config path of the reference. */
export interface FileRef {
  readonly file: string;
  readonly at: string;
}

/** Where a secret comes from. Its value never stands in the config. */
export type SecretRef = { readonly at: string } & (
  | { readonly kind: 'env'; readonly name: string }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'command'; readonly argv: readonly string[] }
  /**
   * flexgen makes it, in Azure or in the cluster, once everything else is known to be right. Until then `placeholder`,
   * which has the same form, stands for it.
   */
  | { readonly kind: 'minted'; readonly placeholder: string }
);

export type OsName = 'ubuntu-22.04' | 'ubuntu-24.04' | 'debian-12' | 'debian-13';

export interface Taint {
  readonly key: string;
  readonly value: string;
  readonly effect: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
}

export type NodeIp =
  | { readonly from: 'default-route' }
  /** Networks: one, or one of each family. */
  | { readonly from: 'cidr'; readonly cidrs: readonly string[] }
  | { readonly from: 'interface'; readonly interface: string }
  | { readonly from: 'address'; readonly addresses: readonly string[] };

/** What the machine waits for before it does anything else. */
export interface WaitFor {
  readonly interface: string;
  readonly seconds: number;
}

/** A name and a password (HTTP's Basic authentication). */
export interface Login {
  readonly username: string;
  readonly password: SecretRef;
}

/** `url` has neither name nor password. */
export interface ProxyServer {
  readonly url: string;
  /** null = it asks nobody who they are. */
  readonly login: Login | null;
}

/** What the machine has for a registry of its own. */
export interface Registry {
  readonly login: Login | null;
  /** Beside those that everybody trusts. */
  readonly ca: FileRef | null;
}

/** A source's keys, as its schema has checked them. Packer reads the values, flexgen does not. */
export type SourceSettings = Readonly<Record<string, unknown>>;

export type Versions = {
  readonly kubernetes: string;
  readonly containerd: string;
  readonly runc: string;
  readonly cniPlugins: string;
  readonly crictl: string;
  readonly nodeProblemDetector: string | null;
};

/** The cluster as the config names it. Only `inline` needs nothing but its CA; the others are read by the callers. */
export type ClusterRef =
  | { readonly kind: 'inline'; readonly facts: Omit<ClusterFacts, 'ca'>; readonly ca: string | FileRef }
  | { readonly kind: 'facts-file'; readonly facts: FileRef }
  | { readonly kind: 'resource-id'; readonly resourceId: string };

/** What a service principal proves with who it is. */
export type SignInProof =
  | { readonly kind: 'secret'; readonly secret: SecretRef }
  /** Certificate and private key, both PEM. */
  | { readonly kind: 'certificate'; readonly pem: FileRef }
  | { readonly kind: 'federated'; readonly token: FileRef };

/** Who asks Azure. `default`: the environment if it names a service principal, else `az`, else `azd`. */
export type SignIn =
  | { readonly kind: 'default' | Exclude<SignInName, 'managed-identity'> }
  | { readonly kind: 'managed-identity'; readonly clientId?: string }
  | {
      readonly kind: 'service-principal';
      readonly clientId: string;
      readonly tenantId: string;
      readonly proof: SignInProof;
    };

/** How flexgen itself asks Azure; null = the cloud's own. */
export interface AzureSpec {
  readonly cloud: CloudName;
  /** For `az` and `azd`; null = the tenant of the cluster's subscription. */
  readonly tenantId: string | null;
  readonly signIn: SignIn;
  readonly endpoints: {
    readonly resourceManager: string | null;
    readonly audience: string | null;
    readonly authority: string | null;
    readonly ca: FileRef | null;
  };
}

/** What every auth mode has. `bootstrap`: the credential only asks for a client certificate; `always`: it signs every call. */
export interface AuthBase {
  readonly mode: string;
  readonly credentialUse: 'bootstrap' | 'always';
}

export interface NetworkBase {
  readonly mode: string;
}

/**
 * The config, checked and complete: nothing in it is left to default, except what only the cluster's facts can say
 * (`null` = take it from them). `A` and `N` are the unions of auth and network modes, which stand a floor above.
 */
export interface Spec<A extends AuthBase = AuthBase, N extends NetworkBase = NetworkBase> {
  readonly cluster: ClusterRef;
  readonly auth: A;
  readonly node: {
    /** null = the machine's own host name. */
    readonly name: string | null;
    readonly os: OsName;
    /** `auto` = decided at boot. */
    readonly arch: Arch | 'auto';
    readonly ip: NodeIp;
    /** Names that the machine's hosts file has, and their addresses. */
    readonly hosts: Readonly<Record<string, readonly string[]>>;
    readonly waitFor: WaitFor | null;
    readonly labels: Readonly<Record<string, string>>;
    readonly taints: readonly Taint[];
    readonly maxPods: number;
    /** The user's KubeletConfiguration fields: they win over ours. */
    readonly kubelet: Readonly<Record<string, unknown>>;
  };
  readonly network: N;
  readonly runtime: {
    readonly pauseImage: string;
    /** Registry host (or `_default`) -> mirror URLs, in the order they are tried. */
    readonly registryMirrors: Readonly<Record<string, readonly string[]>>;
    /** By host: of registries and of mirrors alike. */
    readonly registries: Readonly<Record<string, Registry>>;
    /** A card of NVIDIA's is looked for at boot. */
    readonly nvidia: boolean;
  };
  /** Versions written in the config; null = the cluster's (kubernetes) or the catalog's choice for it. */
  readonly versions: { readonly [K in keyof Versions]: string | null };
  readonly components: {
    readonly nodeProblemDetector: boolean;
    /** In the cluster, for these nodes. */
    readonly kubeProxy: boolean;
  };
  readonly artifacts: {
    readonly mirror: string | null;
    readonly ca: FileRef | null;
    readonly lock: FileRef | null;
  };
  readonly proxy: {
    readonly http: ProxyServer | null;
    readonly https: ProxyServer | null;
    readonly noProxy: readonly string[];
    /** Signs what the proxy shows in the servers' place. */
    readonly ca: FileRef | null;
  };
  readonly ssh: { readonly authorizedKeys: readonly string[] };
  readonly userData: { readonly merge: FileRef | null };
  /** What the payload is for and in, by names that a floor above gives a meaning to. */
  readonly output: { readonly target: string; readonly envelope: string; readonly url: string | null };
  readonly image: {
    /** The payload for a golden image carries all of it again. */
    readonly repair: boolean;
    /** Container images that a bake pulls beside the pause image. */
    readonly images: readonly string[];
    /** What images are baked on, by kind. */
    readonly sources: Readonly<Record<string, SourceSettings>>;
  };
  readonly azure: AzureSpec;
}
