import { quote } from '../quote.ts';
import { contains, overlap } from '../values/cidr.ts';
import { addressesAt, networksAt } from './listed.ts';
import { podCidrsOf } from './pod-cidr.ts';
import type { Rule } from './rule.ts';

/** The node's own addresses may be none of its pods'. */
export const nodeNetworks: Rule = ({ config, report }) => {
  const { ip } = config.node;
  const networks = networksAt(ip?.cidr, ['node', 'ip', 'cidr']);
  const addresses = addressesAt(ip?.address, ['node', 'ip', 'address']);
  for (const pods of podCidrsOf(config)) {
    const clash =
      networks.find(({ value }) => overlap(value, pods.value)) ??
      addresses.find(({ value }) => contains(pods.value, value));
    if (clash === undefined) continue;
    report(pods.path, {
      code: 'config/overlap',
      message: `${quote(pods.text)} overlaps \`node.ip\` (${quote(clash.text)})`,
      hint: 'give the pods a range that is used nowhere else',
    });
  }
};
