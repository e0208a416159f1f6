import { fleetChecks } from '../../config/fleet/checks.ts';
import { gather } from '../../config/fleet/gather.ts';
import { indexOf, nodeReader } from '../../config/fleet/node.ts';
import type { NodeReader } from '../../config/fleet/node.ts';
import type { Row } from '../../config/fleet/row.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { definitions } from '../definitions.ts';
import type { Fleet } from './read-fleet.ts';

/** A fleet whose rows hold, each by itself and all together. */
export interface CheckedFleet extends Fleet {
  readonly read: NodeReader<typeof definitions>;
}

/** What messages call a node that has no line of its own. */
export const titleOf = ({ data, at }: Row): string =>
  typeof data['name'] === 'string' ? data['name'] : `node ${Number(at.at(-1) ?? 0) + 1}`;

/** Checks every row, and the rows against each other: every problem at once. */
export function checkFleet({ base, rows }: Fleet): {
  readonly fleet: CheckedFleet;
  readonly problems: readonly Diagnostic[];
} {
  const read = nodeReader(base);
  const found = gather(titleOf);
  const checks = fleetChecks();
  for (const [place, row] of rows.entries()) {
    const loaded = read(row, place);
    found.add(row, loaded.ok ? loaded.warnings : loaded.errors);
    if (loaded.ok) found.add(row, checks.add(row, indexOf(row, place), loaded.value.spec));
  }
  for (const [row, problem] of checks.overlaps()) found.add(row, [problem]);
  const problems = [...base.written.diagnostics(), ...found.diagnostics(rows.length)];
  return { fleet: { base, rows, read }, problems };
}
