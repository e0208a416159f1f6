import type { ClusterFacts } from './facts.ts';
import { parseCidr } from './values/cidr.ts';
import { parseAddress, type Family } from './values/ip.ts';

type Ranges = Pick<ClusterFacts, 'clusterDNS' | 'podCIDRs' | 'serviceCIDRs'>;

/** The address families of the cluster's own addresses; the first is that of its services. */
export function familiesOf({ clusterDNS, podCIDRs, serviceCIDRs }: Ranges): readonly Family[] {
  const known = [...serviceCIDRs.map(parseCidr), ...clusterDNS.map(parseAddress), ...podCIDRs.map(parseCidr)];
  return [...new Set(known.flatMap((it) => it?.family ?? []))];
}
