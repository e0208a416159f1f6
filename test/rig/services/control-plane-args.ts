import { join } from 'node:path';
import type { Authority, KeyPair } from './pki.ts';

/** Everything that the programs of a control plane must agree on. */
export interface ControlPlaneLayout {
  readonly dir: string;
  readonly etcdPort: number;
  readonly etcdPeerPort: number;
  readonly port: number;
  readonly ca: Authority;
  /** The CA again: what signs, apart from what is trusted. */
  readonly signer: KeyPair;
  readonly server: KeyPair;
  readonly kubeletClient: KeyPair;
  readonly serviceAccount: KeyPair;
  readonly auditLog: string;
  readonly auditPolicyFile: string;
  readonly authenticationFile: string;
  readonly clusterSigningDuration: string;
  /** After how long a node that is silent is taken for dead; upstream's default where it is not said. */
  readonly nodeGracePeriod: string | undefined;
  /** The ranges that nodes get their podCIDRs from, a comma between them, or none. */
  readonly clusterCidr: string | undefined;
}

/** The host's loopback as a machine sees it. */
export const hostFromMachine = '10.0.2.2';
export const serviceCidr = '10.96.0.0/16';
/** The cluster is dual-stack; a config that doesn't say so has nodes of IPv4 alone. */
export const serviceCidr6 = 'fd00:10:96::/112';
export const clusterDns = '10.96.0.10';

export function etcdArgs({ dir, etcdPort, etcdPeerPort }: ControlPlaneLayout): string[] {
  const client = `http://127.0.0.1:${etcdPort}`;
  const peer = `http://127.0.0.1:${etcdPeerPort}`;
  return flags({
    'name': 'rig',
    'data-dir': join(dir, 'etcd'),
    'listen-client-urls': client,
    'advertise-client-urls': client,
    'listen-peer-urls': peer,
    'initial-advertise-peer-urls': peer,
    'initial-cluster': `rig=${peer}`,
    // Nothing here outlives the machine's power, so nothing has to reach the disk.
    'unsafe-no-fsync': 'true',
  });
}

export function apiServerArgs(layout: ControlPlaneLayout): string[] {
  const { ca, server, kubeletClient, serviceAccount } = layout;
  return flags({
    'etcd-servers': `http://127.0.0.1:${layout.etcdPort}`,
    'bind-address': '127.0.0.1',
    'secure-port': `${layout.port}`,
    // The address that pods find behind the service `kubernetes`; a loopback address is refused.
    'advertise-address': hostFromMachine,
    'service-cluster-ip-range': `${serviceCidr},${serviceCidr6}`,
    'tls-cert-file': server.certFile,
    'tls-private-key-file': server.keyFile,
    'client-ca-file': ca.certFile,
    'authorization-mode': 'Node,RBAC',
    'enable-admission-plugins': 'NodeRestriction',
    'enable-bootstrap-token-auth': 'true',
    // As AKS: kube-proxy is such a pod.
    'allow-privileged': 'true',
    'authentication-config': layout.authenticationFile,
    'service-account-issuer': 'https://kubernetes.default.svc.cluster.local',
    'service-account-key-file': serviceAccount.certFile,
    'service-account-signing-key-file': serviceAccount.keyFile,
    'kubelet-client-certificate': kubeletClient.certFile,
    'kubelet-client-key': kubeletClient.keyFile,
    // A node's name stands in the API server's hosts file: the addresses that kubelets report lead nowhere from here.
    'kubelet-preferred-address-types': 'Hostname,InternalIP',
    'audit-policy-file': layout.auditPolicyFile,
    'audit-log-path': layout.auditLog,
  });
}

export function controllerManagerArgs(
  layout: ControlPlaneLayout,
  kubeconfig: string,
  port: number,
): string[] {
  const { ca, signer, serviceAccount, clusterCidr, nodeGracePeriod } = layout;
  return flags({
    'kubeconfig': kubeconfig,
    'bind-address': '127.0.0.1',
    'secure-port': `${port}`,
    'leader-elect': 'false',
    'controllers': '*,bootstrapsigner,tokencleaner',
    'use-service-account-credentials': 'true',
    'service-account-private-key-file': serviceAccount.keyFile,
    'root-ca-file': ca.certFile,
    'cluster-signing-cert-file': signer.certFile,
    'cluster-signing-key-file': signer.keyFile,
    'cluster-signing-duration': layout.clusterSigningDuration,
    ...(nodeGracePeriod === undefined ? {} : { 'node-monitor-grace-period': nodeGracePeriod }),
    ...(clusterCidr === undefined ? {} : { 'allocate-node-cidrs': 'true', 'cluster-cidr': clusterCidr }),
  });
}

export function schedulerArgs(_layout: ControlPlaneLayout, kubeconfig: string, port: number): string[] {
  return flags({
    'kubeconfig': kubeconfig,
    'bind-address': '127.0.0.1',
    'secure-port': `${port}`,
    'leader-elect': 'false',
  });
}

function flags(values: Readonly<Record<string, string>>): string[] {
  return Object.entries(values).map(([name, value]) => `--${name}=${value}`);
}
