import type { Arch } from '../catalog/index.ts';
import type { CloudName } from './clouds.ts';
import type { AksFacts } from './facts.ts';
import type { OsName, SourceSettings } from './spec.ts';

/** A mode's mapping as it is written; its definition reads the rest. */
export type RawMode = { readonly mode: string } & Readonly<Record<string, unknown>>;

/** One value where a list may stand too. */
export type OneOrMany = string | readonly string[];

/** A name and a password, as written. */
export interface RawLogin {
  readonly username?: string;
  readonly password?: object;
}

/** A proxy with or without a login. */
export type RawProxyServer = string | ({ readonly url?: string } & RawLogin);

/** YAML 1.1 readers take `on` for a boolean, and people write both. */
export type Switch = 'on' | 'off' | boolean;

/** `cluster`, of any of its three kinds. */
export interface RawCluster {
  readonly resourceId?: string;
  readonly facts?: string;
  readonly name?: string;
  readonly server?: string;
  readonly ca?: string | { readonly file: string };
  readonly kubernetesVersion?: string;
  readonly clusterDNS?: OneOrMany;
  readonly clusterDomain: string;
  readonly podCIDRs: OneOrMany;
  readonly serviceCIDRs: OneOrMany;
  readonly tenantId?: string;
  readonly aks?: Partial<AksFacts>;
}

/** `azure`: who asks Azure, and where. */
export interface RawAzure {
  readonly cloud: CloudName;
  readonly tenantId?: string;
  readonly signIn?:
    | string
    | {
        readonly servicePrincipal?: {
          readonly clientId?: string;
          readonly tenantId?: string;
          readonly secret?: object;
          readonly certificate?: object;
          readonly federated?: object;
        };
        readonly managedIdentity?: { readonly clientId?: string };
      };
  readonly endpoints: {
    readonly resourceManager?: string;
    readonly audience?: string;
    readonly authority?: string;
    readonly ca?: object;
  };
}

/** The config as the schema lets it through: defaults are in, and what was wrong is out. What it lacks then is optional. */
export interface RawConfig {
  readonly cluster?: RawCluster;
  readonly auth?: RawMode;
  readonly network?: RawMode;
  readonly node: {
    readonly name: string | { readonly from: 'hostname' };
    readonly os: OsName;
    readonly arch: Arch | 'auto';
    readonly ip?: { readonly cidr?: OneOrMany; readonly interface?: string; readonly address?: OneOrMany };
    readonly hosts: Readonly<Record<string, OneOrMany>>;
    readonly waitFor?: { readonly interface?: string; readonly timeout: string };
    readonly labels: Readonly<Record<string, string>>;
    readonly taints: readonly string[];
    readonly maxPods: number;
    readonly kubelet: Readonly<Record<string, unknown>>;
    readonly forceKubelet: boolean;
  };
  readonly versions: {
    readonly kubernetes?: string;
    readonly containerd?: string;
    readonly runc?: string;
    readonly cniPlugins?: string;
    readonly crictl?: string;
    readonly nodeProblemDetector?: string;
  };
  readonly runtime: {
    readonly pauseImage: string;
    readonly registryMirrors: Readonly<Record<string, OneOrMany>>;
    readonly registries: Readonly<Record<string, RawLogin & { readonly ca?: { readonly file: string } }>>;
    readonly nvidia: 'auto' | 'off' | false;
  };
  readonly components: { readonly nodeProblemDetector: Switch; readonly kubeProxy: Switch };
  readonly artifacts: {
    readonly mirror?: string;
    readonly ca?: { readonly file: string };
    readonly lock?: string;
  };
  readonly proxy: {
    readonly http?: RawProxyServer;
    readonly https?: RawProxyServer;
    readonly noProxy: readonly string[];
    readonly ca?: { readonly file: string };
  };
  readonly ssh: { readonly authorizedKeys: readonly string[] };
  readonly userData: { readonly merge?: string };
  readonly output: { readonly target: string; readonly envelope: string; readonly url?: string };
  readonly image: {
    readonly repair: boolean;
    readonly images: readonly string[];
    readonly sources: Readonly<Record<string, SourceSettings>>;
  };
  readonly azure: RawAzure;
}

/** The list that one value or a list stands for. */
export function many(value: OneOrMany): readonly string[] {
  return typeof value === 'string' ? [value] : value;
}
