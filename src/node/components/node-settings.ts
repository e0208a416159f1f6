import { familiesOf } from '../../config/families.ts';
import type { NodeIp } from '../../config/spec.ts';
import type { Family } from '../../config/values/ip.ts';
import { renderedFile } from '../files.ts';
import type { NodeFile, PlanContext } from '../plan.ts';

/** Every address of a family, as iproute2 takes it for a filter. */
const all = { 4: '0.0.0.0/0', 6: '::/0' } as const satisfies Record<Family, string>;

/**
 * What picks the node's addresses among those that `ip -o addr show` lists, each by a filter of its own; empty = kubelet's
 * choice, the default route's. One address of each family that the cluster has, where the config names no networks.
 */
function addressFilters(ip: NodeIp, families: readonly Family[]): readonly string[] {
  const [first, ...others] = families;
  switch (ip.from) {
    case 'cidr':
      return ip.cidrs.map((cidr) => `to ${cidr}`);
    case 'address':
      return ip.addresses.map((address) => `to ${address}`);
    case 'interface':
      // Of an interface with both, IPv4's come first in the list.
      if (others.length === 0 && first !== 6) return [`dev ${ip.interface}`];
      return families.map((family) => `dev ${ip.interface} to ${all[family]}`);
    case 'default-route':
      // The mode script knows the route's device by this mark.
      return others.length === 0 ? [] : families.map((family) => `dev @ to ${all[family]}`);
  }
}

/** What differs from node to node, as data for `join`; and, where the payload is for one, the image that it needs. */
export function settingsFile(
  { spec, facts, templates }: PlanContext,
  podCIDR: string,
  image: string,
): NodeFile {
  const { name, ip, labels, maxPods, waitFor } = spec.node;
  const values = {
    image,
    repair: spec.image.repair,
    name: name ?? '',
    cluster: facts.name,
    server: facts.server,
    ip: addressFilters(ip, familiesOf(facts)).join(','),
    waitFor: waitFor?.interface ?? '',
    waitSeconds: waitFor?.seconds ?? 0,
    labels: Object.entries(labels)
      .map(([key, value]) => `${key}=${value}`)
      .toSorted()
      .join(','),
    maxPods,
    podCIDR,
  };
  return renderedFile(templates, '/etc/flexgen/node.env', values, { phase: 'boot' });
}
