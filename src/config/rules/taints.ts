import { parseTaint } from '../values/taint.ts';
import type { Rule } from './rule.ts';

/** A node has a key and effect once: with two of them its registration is refused. */
export const taints: Rule = ({ config, report }) => {
  const seen = new Map<string, number>();
  for (const [index, text] of config.node.taints.entries()) {
    const taint = parseTaint(text);
    if (taint === undefined) continue;
    const name = `${taint.key}:${taint.effect}`;
    const first = seen.get(name);
    if (first === undefined) {
      seen.set(name, index);
    } else {
      const message = `the taint \`${name}\` stands here twice`;
      report(['node', 'taints', index], {
        code: 'config/taint',
        message,
        hint: `keep one; the first is node.taints[${first}]`,
      });
    }
  }
};
