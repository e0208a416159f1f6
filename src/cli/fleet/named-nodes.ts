import { fleetChecks } from '../../config/fleet/checks.ts';
import { gather } from '../../config/fleet/gather.ts';
import { indexOf, nodeReader } from '../../config/fleet/node.ts';
import type { Result } from '../../diagnostics/diagnostic.ts';
import { ok, settle } from '../../diagnostics/diagnostic.ts';
import { configOf, isOfFleet, openConfig } from '../open-config.ts';
import type { Loaded, OpenConfig } from '../open-config.ts';
import type { World } from '../world.ts';
import { readFleet } from './read-fleet.ts';
import type { Fleet, FleetFiles } from './read-fleet.ts';

/** One node of a config; without a name, its machine names it. */
interface OneNode {
  readonly name: string | null;
  readonly config: OpenConfig;
}

/** A config, and the nodes that it names. */
export interface NamedNodes {
  readonly nodes: readonly OneNode[];
  /** Of a fleet: its first node’s, whose cluster is that of all. */
  readonly config: OpenConfig;
  /** Without those that their machines name. */
  readonly names: readonly string[];
}

const unlessNull = (name: string | null): readonly string[] => (name === null ? [] : [name]);

/** Checks every row, and the rows against each other: every problem at once. */
function checkFleet({ base, rows }: Fleet): Result<readonly Loaded[]> {
  const read = nodeReader(base);
  const found = gather();
  const checks = fleetChecks();
  const nodes: Loaded[] = [];
  for (const [place, row] of rows.entries()) {
    const loaded = read(row, place);
    found.add(row, loaded.ok ? loaded.warnings : loaded.errors);
    if (!loaded.ok) continue;
    found.add(row, checks.add(row, indexOf(row, place), loaded.value.spec));
    nodes.push(loaded.value);
  }
  for (const [row, problem] of checks.overlaps()) found.add(row, [problem]);
  return settle(nodes, [...base.written.diagnostics(), ...found.diagnostics(rows.length)]);
}

async function fleetNodes(files: FleetFiles, world: World): Promise<Result<NamedNodes>> {
  const read = await readFleet(files, world);
  if (!read.ok) return read;
  const checked = checkFleet(read.value);
  if (!checked.ok) return checked;
  const nodes = checked.value.map((node) => ({
    name: node.spec.node.name,
    config: configOf(node, files.config, world),
  }));
  const [first] = nodes;
  if (first === undefined) throw new Error('a checked fleet has a first node');
  const names = nodes.flatMap(({ name }) => unlessNull(name));
  return ok({ config: first.config, names, nodes }, checked.warnings);
}

/** The nodes of a config, of one node or of a fleet. Returns every problem at once. */
export async function namedNodes(files: FleetFiles, world: World): Promise<Result<NamedNodes>> {
  if (files.nodes !== undefined) return await fleetNodes(files, world);
  const config = await openConfig(files.config, files, world);
  if (config.ok) {
    const { loaded, located } = config.value;
    const { name } = loaded.spec.node;
    const nodes = [{ name, config: config.value }];
    return ok({ config: config.value, names: unlessNull(name), nodes }, config.warnings.map(located));
  }
  return isOfFleet(config) ? await fleetNodes(files, world) : config;
}
