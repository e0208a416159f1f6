import type { Path } from '../path.ts';
import { quote } from '../quote.ts';
import type { RawConfig } from '../raw-config.ts';
import { contains, overlap, parseCidr, type Cidr } from '../values/cidr.ts';
import { parseAddress } from '../values/ip.ts';
import { addressesAt, networksAt, type Listed } from './listed.ts';
import { podCidrsOf } from './pod-cidr.ts';
import type { FactRule, KnownFacts, RuleContext } from './rule.ts';

interface Named extends Listed<Cidr> {
  readonly what: string;
}

const named = (what: string, networks: readonly Listed<Cidr>[]): Named[] =>
  networks.map((network) => ({ ...network, what }));

/** Networks of the cluster: where they stand in the facts is not known, only which they are. */
const ofCluster = (path: Path, what: string, texts: readonly string[]): Named[] =>
  named(what, networksAt(texts, path)).map((network) => ({ ...network, path }));

/** The networks that may share no address, each with the others that come before it. */
function networksOf(config: RawConfig, facts: KnownFacts): Named[] {
  return [
    ...ofCluster(['cluster', 'serviceCIDRs'], 'the cluster’s services', facts.serviceCIDRs),
    ...ofCluster(['cluster', 'podCIDRs'], 'the cluster’s pods', facts.podCIDRs),
    ...named('the pods of this node', podCidrsOf(config)),
    ...named('the node', networksAt(config.node.ip?.cidr, ['node', 'ip', 'cidr'])),
  ];
}

function checkAddress({ config, report }: RuleContext, networks: readonly Named[]): void {
  const cluster = networks.filter(({ path }) => path[0] === 'cluster');
  for (const { path, text, value } of addressesAt(config.node.ip?.address, ['node', 'ip', 'address'])) {
    for (const network of cluster.filter((candidate) => contains(candidate.value, value))) {
      report(path, {
        code: 'config/overlap',
        message: `${quote(text)} is an address of ${network.what} (${quote(network.text)})`,
        hint: 'give the address that the machine has in its own network',
      });
    }
  }
}

function checkDNS({ report }: RuleContext, facts: KnownFacts): void {
  const services = facts.serviceCIDRs.flatMap((text) => parseCidr(text) ?? []);
  for (const text of facts.clusterDNS) {
    const address = parseAddress(text);
    if (address === undefined || !services.some(({ family }) => family === address.family)) continue;
    if (services.some((cidr) => contains(cidr, address))) continue;
    const message = `the cluster’s DNS address ${quote(text)} is in none of its service ranges`;
    const hint = '`kubectl -n kube-system get service kube-dns` shows the address';
    report(['cluster', 'clusterDNS'], { severity: 'warning', code: 'config/cluster-dns', message, hint });
  }
}

/** Pods, services and machines have addresses of their own each, or packets go astray. */
export const clusterNetworks: FactRule = (context, facts) => {
  const networks = networksOf(context.config, facts);
  for (const [index, one] of networks.entries()) {
    for (const other of networks.slice(0, index)) {
      // node-networks.ts has looked at the node itself.
      const ofNode = one.path[0] !== 'cluster' && other.path[0] !== 'cluster';
      if (one.path === other.path || ofNode || !overlap(one.value, other.value)) continue;
      const message = `${quote(one.text)}, for ${one.what}, overlaps ${quote(other.text)}, of ${other.what}`;
      context.report(one.path, {
        code: 'config/overlap',
        message,
        hint: 'use a range that is used nowhere else',
      });
    }
  }
  checkAddress(context, networks);
  checkDNS(context, facts);
};
