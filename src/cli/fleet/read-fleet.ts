import { openBase } from '../../config/fleet/base.ts';
import type { FleetBase } from '../../config/fleet/base.ts';
import { csvRows } from '../../config/fleet/csv.ts';
import { isJson, jsonRows } from '../../config/fleet/json.ts';
import type { Row } from '../../config/fleet/row.ts';
import type { Overrides } from '../../config/load.ts';
import type { Result } from '../../diagnostics/diagnostic.ts';
import { ok, refused } from '../../diagnostics/diagnostic.ts';
import { TooLargeFile, readBytes } from '../../io/bytes.ts';
import { writtenVariables } from '../../io/inputs.ts';
import { withhold } from '../../io/program-env.ts';
import { UnreadableFile, textIn } from '../../io/text.ts';
import { definitions } from '../definitions.ts';
import type { World } from '../world.ts';

/** A config, and what is said of each of its nodes. */
export interface Fleet {
  readonly base: FleetBase<typeof definitions>;
  readonly rows: readonly Row[];
}

export interface FleetFiles extends Overrides {
  readonly config: string;
  /** A list in CSV or JSON, `-` for standard input; default: the config's own `nodes`. */
  readonly nodes?: string;
}

/** Hundreds of thousands of rows. */
const most = 64 << 20;

async function textOf(path: string, hint: string, world: World): Promise<Result<string>> {
  try {
    return ok(textIn(await readBytes(path, most, world), path));
  } catch (error) {
    const what = path === '-' ? 'standard input' : path;
    if (error instanceof TooLargeFile)
      return refused({ code: 'config/no-file', message: `${what} has more than ${most >> 20} MiB`, hint });
    if (!(error instanceof UnreadableFile)) throw error;
    return refused({ code: 'config/no-file', message: `can't read ${what}: ${error.reason}`, hint });
  }
}

async function readBoth(files: FleetFiles, world: World): Promise<Result<Fleet>> {
  const { config, nodes, ...overrides } = files;
  const text = await textOf(
    config,
    '`--config FILE` names another one; starters are in templates/config',
    world,
  );
  if (!text.ok) return text;
  const base = openBase(text.value, config, definitions, overrides);
  if (!base.ok) return base;
  if (nodes === undefined) {
    const { rows } = base.value;
    if (rows !== null && (rows.length > 0 || base.value.written.diagnostics().length > 0))
      return ok({ base: base.value, rows });
    return refused({
      code: 'fleet/no-nodes',
      message: rows === null ? `${config} has no \`nodes\`` : `\`nodes\` of ${config} is empty`,
      hint: 'write a list there, or how many there are, or name a table: `--nodes edge.csv`, `--nodes -` for standard input',
    });
  }
  if (base.value.rows !== null)
    return refused({
      code: 'fleet/two-lists',
      message: `\`nodes\` of ${config} and \`--nodes\` exclude each other`,
      hint: 'keep one list of the fleet',
    });
  const list = await textOf(nodes, 'name a CSV or JSON file, or `-` for standard input', world);
  if (!list.ok) return list;
  const name = nodes === '-' ? 'standard input' : nodes;
  const rows = isJson(list.value) ? jsonRows(list.value, name) : csvRows(list.value, name, base.value);
  if (!rows.ok) return rows;
  if (rows.value.length > 0) return ok({ base: base.value, rows: rows.value });
  return refused({ code: 'fleet/no-nodes', message: `${name} has no nodes`, hint: 'write one in each line' });
}

/** Reads a config and the list of its nodes. Nothing that they name has been read. */
export async function readFleet(files: FleetFiles, world: World): Promise<Result<Fleet>> {
  const fleet = await readBoth(files, world);
  if (!fleet.ok) return fleet;
  const { base, rows } = fleet.value;
  // A command of one node gets no secret of another.
  withhold(writtenVariables([base.data, rows.map(({ data }) => data)]));
  return fleet;
}
