import { isMap } from '../data.ts';
import { quote } from '../quote.ts';
import type { Rule } from './rule.ts';

/** A field that flexgen sets for a reason: the values that do no harm, and what any other breaks. */
interface Kept {
  readonly path: readonly string[];
  readonly harmless: readonly unknown[];
  readonly why: string;
}

/** What only `node.forceKubelet` may change. */
const kept: readonly Kept[] = [
  {
    path: ['authentication', 'x509', 'clientCAFile'],
    harmless: [],
    why: '`kubectl logs` and `exec` need the cluster’s CA there',
  },
  {
    path: ['authentication', 'webhook', 'enabled'],
    harmless: [true],
    why: 'the API server must be asked who calls',
  },
  {
    path: ['authentication', 'anonymous', 'enabled'],
    harmless: [false],
    why: 'anybody on the network could run commands in pods',
  },
  {
    path: ['authorization', 'mode'],
    harmless: ['Webhook'],
    why: 'anybody with a certificate of the cluster could run commands in pods',
  },
  { path: ['readOnlyPort'], harmless: [0], why: 'anybody on the network could read the pods’ settings' },
  {
    path: ['rotateCertificates'],
    harmless: [true],
    why: 'the join works by certificates that kubelet asks for',
  },
  {
    path: ['serverTLSBootstrap'],
    harmless: [false],
    why: 'nothing in the cluster approves serving certificates',
  },
  {
    path: ['containerRuntimeEndpoint'],
    harmless: ['unix:///run/containerd/containerd.sock'],
    why: 'containerd listens nowhere else',
  },
  { path: ['cgroupDriver'], harmless: ['systemd'], why: 'containerd and the machine use systemd’s cgroups' },
  { path: ['registerNode'], harmless: [true], why: 'the node would never appear in the cluster' },
  { path: ['enableServer'], harmless: [true], why: '`kubectl logs` and `exec` would fail' },
  {
    path: ['providerID'],
    harmless: [],
    why: 'the cluster would take the node for an Azure VM, and delete it',
  },
  { path: ['maxPods'], harmless: [], why: 'reserved memory is computed from `node.maxPods`: set that' },
  { path: ['registerWithTaints'], harmless: [], why: '`node.taints` sets them' },
];

/** A value deep in a mapping, and whether it is there. */
function find(value: unknown, path: readonly string[]): { readonly found: boolean; readonly value: unknown } {
  let at = value;
  for (const key of path) {
    if (!isMap(at) || !Object.hasOwn(at, key)) return { found: false, value: undefined };
    at = at[key];
  }
  return { found: true, value: at };
}

/** Fields whose wrong value breaks the join, or opens the node to others. */
export const kubeletKept: Rule = ({ config, report }) => {
  for (const { path, harmless, why } of kept) {
    const { found, value } = find(config.node.kubelet, path);
    if (!found || harmless.includes(value)) continue;
    const message = `${quote(path.join('.'))} is flexgen’s to set: ${why}`;
    const forced = config.node.forceKubelet;
    const hint = forced
      ? 'it is taken, since `node.forceKubelet` is set'
      : 'remove it, or set `node.forceKubelet: true` if you know better';
    report(['node', 'kubelet', ...path], {
      severity: forced ? 'warning' : 'error',
      code: 'config/kubelet-kept',
      message,
      hint,
    });
  }
};
