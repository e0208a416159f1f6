import { quote } from '../quote.ts';
import { sizeOf } from '../values/cidr.ts';
import { podCidrsOf } from './pod-cidr.ts';
import type { Rule } from './rule.ts';

// The first address is the network's, the next the bridge's; the last is IPv4's broadcast, which host-local leaves out for IPv6 too.
const notForPods = 3n;

/** Each pod needs an address, of each family that the node's pods have. */
export const maxPods: Rule = ({ config, written, report }) => {
  const { maxPods: wanted } = config.node;
  for (const { path, text, value } of podCidrsOf(config)) {
    const usable = sizeOf(value) - notForPods;
    if (usable >= BigInt(wanted)) continue;
    const message = `${quote(text)} has addresses for ${usable < 0n ? 0n : usable} pods, and \`maxPods\` is ${wanted}`;
    const hint = usable > 0n ? `use a larger range, or set \`maxPods: ${usable}\`` : 'use a larger range';
    report(written(['node', 'maxPods']) ? ['node', 'maxPods'] : path, {
      code: 'config/max-pods',
      message,
      hint,
    });
  }
};
