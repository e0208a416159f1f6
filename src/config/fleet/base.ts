import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import { ok } from '../../diagnostics/diagnostic.ts';
import { checkStrings } from '../check-strings.ts';
import { isMap } from '../data.ts';
import type { DataMap } from '../data.ts';
import { readWritten } from '../document.ts';
import type { Checker, WrittenFile } from '../document.ts';
import { checkerOf } from '../load.ts';
import type { Definitions, Overrides } from '../load.ts';
import type { Path } from '../path.ts';
import type { Problem } from '../problem.ts';
import { children } from '../schema/schema-at.ts';
import { derivedIn, isDerived } from './derive.ts';
import { blocksIn } from './pod-ranges.ts';
import type { Row } from './row.ts';

/** What all nodes of a fleet share: a config, complete but for what its rows say. */
export interface FleetBase<D extends Definitions = Definitions> {
  readonly definitions: D;
  readonly overrides: Overrides;
  readonly checker: Checker;
  readonly written: WrittenFile;
  /** The config as it is written, without `nodes`. */
  readonly data: DataMap;
  /** Its texts that are others for each node. */
  readonly derived: readonly (readonly [Path, string])[];
  /** The keys of `node`: a row has them as its own. */
  readonly nodeKeys: ReadonlySet<string>;
  /** The config's own `nodes`; null where it has none. */
  readonly rows: readonly Row[] | null;
}

/** What is the same for all nodes of a fleet, and what is no matter of a node. */
export const sharedSections = new Set(['apiVersion', 'cluster', 'azure', 'image', 'output', 'nodes']);

/** The range of a node's pods, or the block that the ranges of all are carved from. */
export const podPath = ['network', 'podCIDR'] as const;

const problemAt = (path: Path, message: string, hint: string): Problem => ({
  severity: 'error',
  code: 'config/fleet',
  path,
  target: 'value',
  message,
  hint,
});

function rowsIn({ data, source, positions, report }: WrittenFile): readonly Row[] | null {
  const written = isMap(data) ? data['nodes'] : undefined;
  if (written === undefined) return null;
  const row = (item: DataMap, at: Path): Row => ({
    data: item,
    at,
    locate: (path, target) => source.locate(positions.point([...at, ...path], target)),
  });
  // There is one place for all of them.
  const counted = (index: number): Row => ({
    data: {},
    at: ['nodes', index],
    locate: () => source.locate(positions.point(['nodes'])),
  });
  if (typeof written === 'number' && Number.isInteger(written) && written > 0)
    return Array.from({ length: written }, (_, index) => counted(index));
  if (!Array.isArray(written)) {
    report(
      problemAt(
        ['nodes'],
        '`nodes` is no list and no number',
        'write a list of what differs, or how many there are',
      ),
    );
    return [];
  }
  return written.flatMap((item: unknown, index) => {
    if (isMap(item)) return [row(item, ['nodes', index])];
    report(problemAt(['nodes', index], 'a node is a mapping', 'write `- name: edge-01`'));
    return [];
  });
}

function checkBlocks({ data, report }: WrittenFile): void {
  const network = isMap(data) ? data['network'] : undefined;
  const written = isMap(network) ? network['podCIDR'] : undefined;
  if (blocksIn(written).every((block) => block !== undefined)) return;
  const hint =
    'write `podCIDR: {block: 10.128.0.0/9, size: 24}`: `size` is each node’s prefix, not shorter than the block’s';
  report(problemAt(podPath, '`podCIDR` is no block of ranges', hint));
}

const failed = (errors: readonly Diagnostic[]) => ({ ok: false, errors }) as const;

/** Reads the config of a fleet. What is wrong with it as a file is a failure; the rest is said with the nodes. */
export function openBase<D extends Definitions>(
  text: string,
  file: string,
  definitions: D,
  overrides: Overrides = {},
): Result<FleetBase<D>> {
  const checker = checkerOf(definitions);
  const written = readWritten(text, file, 'the config', checker.schema);
  if (written.broken || written.diagnostics().length > 0) return failed(written.diagnostics());
  if (!isMap(written.data)) {
    const message = 'the config is not a mapping';
    return failed([{ severity: 'error', code: 'config/type', message, hint: 'is this the right file?' }]);
  }
  const scalars = written.positions.scalars.filter(({ value, isKey }) => isKey || !isDerived(value));
  for (const problem of checkStrings(written.source, { scalars }, checker.schema, written.data))
    written.report(problem);
  const { nodes: _, ...data } = written.data;
  checkBlocks(written);
  const rows = rowsIn(written);
  const problems = written.diagnostics();
  if (problems.length > 0) return failed(problems);
  return ok({
    definitions,
    overrides,
    checker,
    written,
    data,
    derived: [...derivedIn(data)].filter(([[section]]) => !sharedSections.has(String(section))),
    nodeKeys: new Set(Object.keys(children(children(checker.schema, 'properties')['node'], 'properties'))),
    rows,
  });
}
