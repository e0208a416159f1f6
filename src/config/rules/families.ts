import { familiesOf } from '../families.ts';
import type { Path } from '../path.ts';
import { quote } from '../quote.ts';
import type { RawConfig } from '../raw-config.ts';
import type { Family } from '../values/ip.ts';
import { addressesAt, networksAt, type Listed } from './listed.ts';
import { podCidrsOf } from './pod-cidr.ts';
import type { FactRule, Rule } from './rule.ts';

type OfFamily = Listed<{ readonly family: Family }>;

const networkPath: Path = ['node', 'ip', 'cidr'];
const addressPath: Path = ['node', 'ip', 'address'];

const ofNode = ({ node }: RawConfig): readonly OfFamily[] => [
  ...networksAt(node.ip?.cidr, networkPath),
  ...addressesAt(node.ip?.address, addressPath),
];

/** A node and its pods have one range or address of each family, IPv4 and IPv6. */
export const onePerFamily: Rule = ({ config, report }) => {
  const lists: readonly (readonly OfFamily[])[] = [podCidrsOf(config), ofNode(config)];
  for (const list of lists) {
    for (const [index, { path, text, value }] of list.entries()) {
      const first = list.slice(0, index).find((other) => other.value.family === value.family);
      if (first === undefined) continue;
      report(path, {
        code: 'config/families',
        message: `${quote(first.text)} and ${quote(text)} are both of IPv${value.family}`,
        hint: 'keep one; a list is for one of IPv4 and one of IPv6',
      });
    }
  }
};

/** Addresses of both families are for a cluster that has both. */
export const dualStack: FactRule = ({ config, report }, facts) => {
  const families = familiesOf(facts);
  const list = ofNode(config);
  if (families.length !== 1 || list.length < 2) return;
  for (const { path, text, value } of list) {
    if (families.includes(value.family)) continue;
    report(path, {
      code: 'config/dual-stack',
      message: `${quote(text)} is of IPv${value.family}, and all that is known of the cluster is of IPv${families[0]}`,
      hint: 'remove it; or, where the cluster has both, add the ranges that it has to `cluster.podCIDRs` and `cluster.serviceCIDRs`',
    });
  }
};
