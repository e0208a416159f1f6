import { quote } from '../quote.ts';
import { sizeOf } from '../values/cidr.ts';
import { podCidrOf, podCidrPath } from './pod-cidr.ts';
import type { Rule } from './rule.ts';

// The first address is the network's, the next the bridge's; the last is IPv4's broadcast, which host-local leaves out for IPv6 too.
const notForPods = 3n;

/** Each pod needs an address. */
export const maxPods: Rule = ({ config, written, report }) => {
  const range = podCidrOf(config);
  if (range === undefined) return;
  const { maxPods: wanted } = config.node;
  const usable = sizeOf(range.cidr) - notForPods;
  if (usable >= BigInt(wanted)) return;
  const message = `${quote(range.text)} has addresses for ${usable < 0n ? 0n : usable} pods, and \`maxPods\` is ${wanted}`;
  const hint = usable > 0n ? `use a larger range, or set \`maxPods: ${usable}\`` : 'use a larger range';
  report(written(['node', 'maxPods']) ? ['node', 'maxPods'] : podCidrPath, {
    code: 'config/max-pods',
    message,
    hint,
  });
};
