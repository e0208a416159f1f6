import { copyFile, mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { auditPolicy, readAuditLog } from './audit.ts';
import type { AuditEvent } from './audit.ts';
import { bootstrapToken } from './bootstrap-token.ts';
import type { Binaries } from './binaries.ts';
import { hostFromMachine } from './control-plane-args.ts';
import type { ControlPlaneLayout } from './control-plane-args.ts';
import { kubeconfigFor, startPrograms } from './control-plane-programs.ts';
import { createNodeNames } from './node-names.ts';
import { createAuthority, rigServerNames } from './pki.ts';
import type { KeyPair } from './pki.ts';
import { freePort } from './processes.ts';
import type { Service } from './processes.ts';
import { bootstrapGroup, flexgenRbac, kubeletClientRbac } from './rbac.ts';
import type { FlexgenRbac } from './rbac.ts';
import { run } from './run.ts';

export interface ControlPlaneOptions {
  /** Takes logs, keys and etcd's data; made if it is not there. */
  readonly dir: string;
  readonly binaries: Binaries;
  /** The API server's port on 127.0.0.1; default: a free one. */
  readonly port?: number;
  /** Life of the certificates that nodes get, as Go writes it (`10m`); default one year, as upstream. */
  readonly clusterSigningDuration?: string;
  /** After how long a node that is silent is taken for dead, as Go writes it: nodes that no kubelet stands behind are. */
  readonly nodeGracePeriod?: string;
  /** Give nodes a podCIDR each out of this range, or of each of two with a comma between them. */
  readonly clusterCidr?: string;
  /** `--authentication-config`; default: no issuer but the cluster's own. */
  readonly authenticationConfig?: string;
}

/** A running Kubernetes control plane on the loopback. */
export interface ControlPlane {
  /** As a machine names it: `https://10.0.2.2:PORT`. */
  readonly server: string;
  readonly port: number;
  /** The CA of the API server and of the certificates that it signs. */
  readonly caPem: string;
  /** Path of the administrator's kubeconfig; its server is 127.0.0.1. */
  readonly kubeconfig: string;
  readonly auditLog: string;
  /** What the API server shows to whoever connects. */
  readonly serverPair: KeyPair;
  /** What the API server shows to kubelets; they let it do everything. */
  readonly kubeletClient: KeyPair;
  /** Runs kubectl as the administrator; `input` goes to its standard input. */
  kubectl(args: readonly string[], input?: string): Promise<string>;
  apply(manifest: object): Promise<void>;
  /** A new bootstrap token of the group system:bootstrappers:flexgen that lives a day, unless told otherwise. */
  createBootstrapToken(lifetimeSeconds?: number, group?: string): Promise<string>;
  /** Lets these identities make nodes, and those of earlier calls. */
  applyFlexgenRbac(identities?: FlexgenRbac): Promise<void>;
  /** Replaces `--authentication-config`; the API server takes it up by itself within a minute. */
  setAuthenticationConfig(text: string): Promise<void>;
  /** Where the API server reaches the kubelet of `node` for logs and exec: `ip`:10250. */
  registerNodeAddress(node: string, ip: string): Promise<void>;
  /** What it shows, trusts and signs with, for `rotateAuthority`. */
  readonly layout: ControlPlaneLayout;
  audit(): Promise<readonly AuditEvent[]>;
  stop(): Promise<void>;
}

const kubeletClientName = 'rig-kube-apiserver';
const dayInSeconds = 86_400;

/** Starts etcd, kube-apiserver, kube-controller-manager and kube-scheduler; resolves when pods can be made. */
export async function startControlPlane(options: ControlPlaneOptions): Promise<ControlPlane> {
  const services: Service[] = [];
  const stop = async (): Promise<void> => {
    // The last one first: an API server whose etcd is gone takes its whole grace to end.
    for (const service of services.toReversed()) await service.stop();
  };
  try {
    return await bringUp(options, services, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function bringUp(
  { dir, binaries, ...options }: ControlPlaneOptions,
  services: Service[],
  stop: () => Promise<void>,
): Promise<ControlPlane> {
  await mkdir(join(dir, 'pki'), { recursive: true, mode: 0o700 });
  const layout = await prepare({ dir, ...options });
  const names = await createNodeNames(join(dir, 'hosts'));
  await startPrograms(layout, binaries, names.file, services);
  const kubeconfig = await kubeconfigFor(layout, 'admin', 'rig-admin', 'system:masters');
  const kubectl = (args: readonly string[], input?: string): Promise<string> =>
    run(join(binaries.kubernetes, 'kubectl'), args, {
      // HOME, because kubectl keeps a cache there.
      env: { ...process.env, KUBECONFIG: kubeconfig, HOME: dir },
      ...(input === undefined ? {} : { input }),
    });
  const apply = async (manifest: object): Promise<void> => {
    await kubectl(['apply', '-f', '-'], JSON.stringify(manifest));
  };
  const joining = new Set<string>();
  await apply(kubeletClientRbac(kubeletClientName));
  // A pod needs it, and the controller manager makes it once it runs.
  await kubectl(['wait', '--for=create', 'serviceaccount/default', '--timeout=60s']);

  return {
    server: `https://${hostFromMachine}:${layout.port}`,
    port: layout.port,
    caPem: layout.ca.certPem,
    kubeconfig,
    auditLog: layout.auditLog,
    serverPair: layout.server,
    kubeletClient: layout.kubeletClient,
    kubectl,
    apply,
    createBootstrapToken: async (lifetimeSeconds = dayInSeconds, group = bootstrapGroup) => {
      const { token, secret } = bootstrapToken(lifetimeSeconds, group);
      await kubectl(['create', '-f', '-'], JSON.stringify(secret));
      return token;
    },
    applyFlexgenRbac: ({ objectIds = [], ...rest } = {}) => {
      for (const id of objectIds) joining.add(id);
      return apply(flexgenRbac({ objectIds: [...joining], ...rest }));
    },
    setAuthenticationConfig: async (text) => {
      // Aside and then renamed, so that it is never read half-written.
      await writeFile(`${layout.authenticationFile}.new`, text);
      await rename(`${layout.authenticationFile}.new`, layout.authenticationFile);
    },
    registerNodeAddress: (node, ip) => names.register(node, ip),
    layout,
    audit: () => readAuditLog(layout.auditLog),
    stop,
  };
}

async function prepare(options: Omit<ControlPlaneOptions, 'binaries'>): Promise<ControlPlaneLayout> {
  const { dir } = options;
  const ca = await createAuthority(join(dir, 'pki'), 'cluster-ca');
  const signer = { certFile: join(dir, 'pki/signer.crt'), keyFile: join(dir, 'pki/signer.key') };
  await copyFile(ca.certFile, signer.certFile);
  await copyFile(ca.keyFile, signer.keyFile);
  const layout: ControlPlaneLayout = {
    dir,
    ca,
    signer,
    etcdPort: await freePort(),
    etcdPeerPort: await freePort(),
    port: options.port ?? (await freePort()),
    server: await ca.issue({ file: 'apiserver', commonName: 'kube-apiserver', serverNames: rigServerNames }),
    kubeletClient: await ca.issue({ file: 'kubelet-client', commonName: kubeletClientName }),
    serviceAccount: await ca.issue({ file: 'service-account', commonName: 'service-account' }),
    auditLog: join(dir, 'audit.log'),
    auditPolicyFile: join(dir, 'audit-policy.json'),
    authenticationFile: join(dir, 'authentication.yaml'),
    clusterSigningDuration: options.clusterSigningDuration ?? '8760h',
    nodeGracePeriod: options.nodeGracePeriod,
    clusterCidr: options.clusterCidr,
  };
  await writeFile(layout.auditPolicyFile, JSON.stringify(auditPolicy));
  await writeFile(layout.authenticationFile, options.authenticationConfig ?? noIssuers);
  return layout;
}

const noIssuers = JSON.stringify({
  apiVersion: 'apiserver.config.k8s.io/v1',
  kind: 'AuthenticationConfiguration',
  jwt: [],
});
