import { absences } from './absent.ts';
import { contents } from './contents.ts';
import { identities } from './identity.ts';
import type { BakedTree, Item } from './item.ts';

/** Everything that an image is checked for, in the order of the table. */
export const items: readonly Item[] = [...identities, ...absences, ...contents];

export interface Finding {
  readonly item: Item;
  readonly violations: readonly string[];
}

/** Checks each item, and the same disk gives the same findings. */
export async function checkHygiene(tree: BakedTree): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const item of items) findings.push({ item, violations: await item.violations(tree) });
  return findings;
}

const shown = 3;

/** The findings as a table, one item a line. */
export function hygieneTable(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ item }) => item.name.length));
  return findings
    .map(({ item, violations }) => {
      const some = violations.slice(0, shown).join(', ');
      const rest = violations.length > shown ? ` and ${violations.length - shown} more` : '';
      const verdict = violations.length === 0 ? 'ok ' : 'NO ';
      return `${verdict} ${item.name.padEnd(width)}  ${violations.length === 0 ? item.reads : some + rest}`;
    })
    .join('\n');
}
