import type { NodeIp } from '../../config/spec.ts';
import { renderedFile } from '../files.ts';
import { bootstrapKubeconfigPath } from '../paths.ts';
import type { Part } from '../plan.ts';

/** What picks the node's address among those that `ip -o addr show` lists; empty = kubelet's choice, the default route's. */
function addressFilter(ip: NodeIp): string {
  switch (ip.from) {
    case 'default-route':
      return '';
    case 'cidr':
      return `to ${ip.cidr}`;
    case 'interface':
      return `dev ${ip.interface}`;
    case 'address':
      return `to ${ip.address}`;
  }
}

/** What differs from node to node, as data for `join`. */
export const nodeSettings: Part = ({ spec, facts, templates }) => {
  const { name, ip, labels, maxPods } = spec.node;
  // managed=false: else the cloud controller deletes a NotReady node that is no Azure VM.
  const allLabels = { ...labels, 'kubernetes.azure.com/managed': 'false' };
  const values = {
    name: name ?? '',
    cluster: facts.name,
    server: facts.server,
    ip: addressFilter(ip),
    labels: Object.entries(allLabels)
      .map(([key, value]) => `${key}=${value}`)
      .toSorted()
      .join(','),
    maxPods,
    kubeletFlags:
      spec.auth.credentialUse === 'always' ? '' : `--bootstrap-kubeconfig=${bootstrapKubeconfigPath}`,
  };
  return {
    ...(ip.from === 'default-route' ? {} : { hooks: ['node-ip'] }),
    files: [renderedFile(templates, '/etc/flexgen/node.env', values, { phase: 'boot' })],
  };
};
