import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { formatPath } from '../path.ts';
import type { Path } from '../path.ts';
import { quote } from '../quote.ts';
import type { Spec } from '../spec.ts';
import { parseCidr, sizeOf } from '../values/cidr.ts';
import { valueAt } from './row.ts';
import type { Row } from './row.ts';

/** What nodes may not have in common. */
export interface FleetChecks {
  /** Looks at one more node; `number` is its number in the fleet. */
  add(row: Row, number: number, spec: Spec): readonly Diagnostic[];
  /** What shows only once all nodes are known. */
  readonly overlaps: () => readonly (readonly [Row, Diagnostic])[];
}

interface Range {
  readonly row: Row;
  readonly text: string;
  readonly first: bigint;
  readonly last: bigint;
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** Where a row says something, else the row itself. */
function placed(row: Row, path: Path): Pick<Diagnostic, 'path' | 'location'> {
  const at = valueAt(row.data, path) === undefined ? [] : path;
  return { path: formatPath([...row.at, ...at]), location: row.locate(at, 'value') };
}

const lineOf = (row: Row): string => {
  const { file, line } = row.locate([], 'value');
  return `${file}:${line}`;
};

function nameProblem(row: Row): Diagnostic {
  const message = 'a node of a fleet needs a name of its own';
  const hint = 'write `name` in its row, or `node: {name: "edge-{index}"}` in the config';
  return { severity: 'error', code: 'fleet/name', message, hint, ...placed(row, ['name']) };
}

/** Checks names, numbers, addresses and ranges of pods of a whole fleet against each other. */
export function fleetChecks(): FleetChecks {
  const seen = new Map<string, Row>();
  const ranges: Range[] = [];
  const twice = (
    row: Row,
    kind: string,
    value: string,
    path: Path,
    what: string,
    hint: string,
  ): Diagnostic[] => {
    const key = `${kind} ${value}`;
    const first = seen.get(key);
    if (first === undefined) {
      seen.set(key, row);
      return [];
    }
    const message = `${what} ${quote(value)} is that of ${lineOf(first)} too`;
    return [{ severity: 'error', code: 'fleet/twice', message, hint, ...placed(row, path) }];
  };
  return {
    add(row, number, { node, network, auth }) {
      const { name, ip } = node;
      for (const text of 'podCIDRs' in network && Array.isArray(network.podCIDRs) ? network.podCIDRs : []) {
        const cidr = typeof text === 'string' ? parseCidr(text) : undefined;
        if (cidr === undefined) continue;
        // IPv6 after all of IPv4.
        const first = cidr.bits + (cidr.family === 4 ? 0n : 1n << 128n);
        ranges.push({ row, text: String(text), first, last: first + sizeOf(cidr) - 1n });
      }
      const machine = textOf('machineName' in auth ? auth.machineName : undefined)?.toLowerCase();
      return [
        ...(name === null
          ? [nameProblem(row)]
          : twice(
              row,
              'name',
              name,
              ['name'],
              'the name',
              'nodes of one name replace each other: give each its own',
            )),
        ...twice(
          row,
          'index',
          String(number),
          ['index'],
          'the number',
          'give each node its own `index`, or none of them',
        ),
        ...(machine === undefined
          ? []
          : twice(
              row,
              'machine',
              machine,
              ['auth', 'machineName'],
              'the machine’s name',
              'write `machineName: "site-7-{name}"`',
            )),
        ...(ip.from === 'address' ? ip.addresses : []).flatMap((address) =>
          twice(row, 'ip', address, ['ip', 'address'], 'the address', 'give each machine its own'),
        ),
      ];
    },
    overlaps() {
      const sorted = ranges.toSorted((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0));
      const found: (readonly [Row, Diagnostic])[] = [];
      let widest: Range | undefined;
      for (const range of sorted) {
        if (widest !== undefined && range.first <= widest.last) {
          const message = `the pods’ range ${quote(range.text)} overlaps ${quote(widest.text)} of ${lineOf(widest.row)}`;
          const hint = 'pods of two nodes would have one address: give each node a range of its own';
          found.push([
            range.row,
            {
              severity: 'error',
              code: 'fleet/overlap',
              message,
              hint,
              ...placed(range.row, ['network', 'podCIDR']),
            },
          ]);
        }
        if (widest === undefined || range.last > widest.last) widest = range;
      }
      return found;
    },
  };
}
