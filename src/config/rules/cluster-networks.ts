import type { Path } from '../path.ts';
import { quote } from '../quote.ts';
import type { RawConfig } from '../raw-config.ts';
import { contains, overlap, parseCidr, type Cidr } from '../values/cidr.ts';
import { parseAddress } from '../values/ip.ts';
import { podCidrPath } from './pod-cidr.ts';
import type { FactRule, KnownFacts, RuleContext } from './rule.ts';

interface Named {
  readonly path: Path;
  readonly what: string;
  readonly text: string;
  readonly cidr: Cidr;
}

function named(path: Path, what: string, texts: readonly unknown[]): Named[] {
  return texts.flatMap((text) => {
    const cidr = typeof text === 'string' ? parseCidr(text) : undefined;
    return typeof text === 'string' && cidr !== undefined ? [{ path, what, text, cidr }] : [];
  });
}

/** The networks that may share no address, each with the others that come before it. */
function networksOf(config: RawConfig, facts: KnownFacts): Named[] {
  return [
    ...named(['cluster', 'serviceCIDRs'], 'the cluster’s services', facts.serviceCIDRs),
    ...named(['cluster', 'podCIDRs'], 'the cluster’s pods', facts.podCIDRs),
    ...named(podCidrPath, 'the pods of this node', [config.network?.['podCIDR']]),
    ...named(['node', 'ip', 'cidr'], 'the node', [config.node.ip?.cidr]),
  ];
}

function checkAddress({ config, report }: RuleContext, networks: readonly Named[]): void {
  const text = config.node.ip?.address;
  const address = parseAddress(text ?? '');
  if (address === undefined) return;
  for (const { what, cidr, text: network } of networks.filter(({ path }) => path[0] === 'cluster')) {
    if (!contains(cidr, address)) continue;
    const message = `${quote(text ?? '')} is an address of ${what} (${quote(network)})`;
    report(['node', 'ip', 'address'], {
      code: 'config/overlap',
      message,
      hint: 'give the address that the machine has in its own network',
    });
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
      if (one.path === other.path || ofNode || !overlap(one.cidr, other.cidr)) continue;
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
