import type { NodeIp } from '../../config/spec.ts';
import { renderedFile } from '../files.ts';
import type { NodeFile, PlanContext } from '../plan.ts';

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

/** What differs from node to node, as data for `join`; and, where the payload is for one, the image that it needs. */
export function settingsFile(
  { spec, facts, templates }: PlanContext,
  podCIDR: string,
  image: string,
): NodeFile {
  const { name, ip, labels, maxPods } = spec.node;
  const values = {
    image,
    repair: spec.image.repair,
    name: name ?? '',
    cluster: facts.name,
    server: facts.server,
    ip: addressFilter(ip),
    labels: Object.entries(labels)
      .map(([key, value]) => `${key}=${value}`)
      .toSorted()
      .join(','),
    maxPods,
    podCIDR,
  };
  return renderedFile(templates, '/etc/flexgen/node.env', values, { phase: 'boot' });
}
