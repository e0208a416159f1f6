import { fleetCode } from '../../config/load.ts';
import type { Result } from '../../diagnostics/diagnostic.ts';
import { ok } from '../../diagnostics/diagnostic.ts';
import { checkFleet } from '../fleet/check.ts';
import { readFleet } from '../fleet/read-fleet.ts';
import type { FleetFiles } from '../fleet/read-fleet.ts';
import { configOf, openConfig } from '../open-config.ts';
import type { OpenConfig } from '../open-config.ts';
import type { World } from '../world.ts';

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

async function fleetNodes(files: FleetFiles, world: World): Promise<Result<NamedNodes>> {
  const read = await readFleet(files, world);
  if (!read.ok) return read;
  const { fleet, problems } = checkFleet(read.value);
  if (problems.some(({ severity }) => severity === 'error')) return { ok: false, errors: problems };
  const loaded = fleet.rows.flatMap((row, place) => {
    const node = fleet.read(row, place);
    return node.ok ? [node.value] : [];
  });
  const [first] = loaded;
  if (first === undefined) throw new Error('a checked fleet has a first node');
  const nodes = loaded.map((node) => ({
    name: node.spec.node.name,
    config: configOf(node, files.config, world),
  }));
  const names = nodes.flatMap(({ name }) => unlessNull(name));
  return ok({ config: configOf(first, files.config, world), names, nodes }, problems);
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
  const isOfFleet = config.errors.some(({ code }) => code === fleetCode);
  return isOfFleet ? await fleetNodes(files, world) : config;
}
