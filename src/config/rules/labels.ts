import { splitKey } from '../values/label.ts';
import type { ValueProblem } from '../values/value-problem.ts';
import type { Rule } from './rule.ts';

// k8s.io/component-helpers node/util: what kubelet may set on its own node, --node-labels and NodeRestriction alike.
const allowedPrefixes = ['kubelet.kubernetes.io', 'node.kubernetes.io'];
const allowedKeys = new Set([
  'kubernetes.io/hostname',
  'kubernetes.io/os',
  'kubernetes.io/arch',
  'node.kubernetes.io/instance-type',
  'topology.kubernetes.io/region',
  'topology.kubernetes.io/zone',
  'failure-domain.beta.kubernetes.io/region',
  'failure-domain.beta.kubernetes.io/zone',
  'beta.kubernetes.io/instance-type',
  'beta.kubernetes.io/os',
  'beta.kubernetes.io/arch',
]);

const code = 'config/label';

/** Whether a prefix is a domain or below it. */
const isOf = (prefix: string, domain: string) => prefix === domain || prefix.endsWith(`.${domain}`);

function forbidden(key: string): ValueProblem | undefined {
  const { prefix } = splitKey(key);
  if (isOf(prefix, 'node-role.kubernetes.io')) {
    const hint =
      'kubelet may not give its own node a role: label it with `kubectl label node` after the join';
    return { code, message: 'a node can’t set its own role', hint };
  }
  if (!isOf(prefix, 'kubernetes.io') && !isOf(prefix, 'k8s.io')) return undefined;
  if (allowedPrefixes.some((domain) => isOf(prefix, domain)) || allowedKeys.has(key)) return undefined;
  const hint = 'use a prefix of your own, or `node.kubernetes.io/`';
  return { code, message: 'kubelet refuses to start with this label', hint };
}

function azure(key: string, value: string): ValueProblem | undefined {
  if (key === 'kubernetes.azure.com/managed') {
    const message = 'flexgen sets this label to `false`';
    return {
      code,
      message,
      hint: 'remove it: with any other value AKS deletes the node when it is not Ready',
    };
  }
  if (key === 'kubernetes.azure.com/mode' && value === 'system') {
    const hint = 'remove it: AKS would put the pods that the cluster needs on this node';
    return { code, message: 'a node from outside Azure can’t be of a system pool', hint };
  }
  if (key === 'kubernetes.azure.com/cluster') {
    const message = 'this label brings AKS’s DaemonSets to the node: kube-proxy, CSI drivers, azure-cni';
    return {
      severity: 'warning',
      code,
      message,
      hint: 'most of them need an Azure VM: remove it unless you want them',
    };
  }
  return undefined;
}

/** Labels that kubelet refuses, or that harm the node or the cluster. */
export const labels: Rule = ({ config, report }) => {
  for (const [key, value] of Object.entries(config.node.labels)) {
    const problem = forbidden(key) ?? azure(key, value);
    if (problem !== undefined) report(['node', 'labels', key], problem, 'key');
  }
};
