import { quote } from '../quote.ts';
import { addressesAt } from './listed.ts';
import { podCidrsOf } from './pod-cidr.ts';
import type { Rule } from './rule.ts';

const code = 'config/scaling-group';

/**
 * Whoever writes `name: {from: hostname}` means one payload for many machines, so it may say nothing that is true of one
 * alone. Where the name is left out it may be one machine.
 */
export const scalingGroup: Rule = ({ config, written, report }) => {
  if (!written(['node', 'name', 'from'])) return;
  for (const { path, text } of podCidrsOf(config)) {
    const message = `every machine of a scaling group would give its pods addresses of ${quote(text)}`;
    const hint =
      'use `mode: node-cidr`, with which the cluster gives each node its range, or `external`; for one machine write its name in `node.name`';
    report(path, { code, message, hint });
  }
  const { ip, labels } = config.node;
  for (const { path, text } of addressesAt(ip?.address, ['node', 'ip', 'address'])) {
    const message = `only one machine of a scaling group can have ${quote(text)}`;
    const hint = 'use `ip: {cidr: …}` or `ip: {interface: …}`; for one machine write its name in `node.name`';
    report(path, { code, message, hint });
  }
  const label = 'kubernetes.io/hostname';
  if (labels[label] !== undefined) {
    const message = 'every node of a scaling group would have this host name';
    report(['node', 'labels', label], { code, message, hint: 'remove it: kubelet sets it' }, 'key');
  }
};
