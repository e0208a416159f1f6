import { quote } from '../quote.ts';
import type { Rule } from './rule.ts';

/** Where nothing else says the node's address, kubelet looks its name up. */
export const hosts: Rule = ({ config, report }) => {
  const { name, hosts: names, ip } = config.node;
  if (typeof name !== 'string' || names[name] === undefined || ip !== undefined) return;
  report(
    ['node', 'hosts', name],
    {
      code: 'config/hosts',
      message: `${quote(name)} is the node itself, and kubelet would take this for its address`,
      hint: 'remove it, and say the node’s address in `node.ip`',
    },
    'key',
  );
};
