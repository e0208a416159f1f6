import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import { ok } from '../../diagnostics/diagnostic.ts';
import type { FleetFiles } from '../fleet/read-fleet.ts';
import type { OpenConfig } from '../open-config.ts';
import { namedNodes } from '../fleet/named-nodes.ts';
import type { NamedNodes } from '../fleet/named-nodes.ts';
import { wantedNames } from '../wait/names.ts';
import type { World } from '../world.ts';

/** A node that is to go, with a config that has its name. */
export interface Leaving {
  readonly name: string;
  readonly config: OpenConfig;
}

/** The nodes that are to go, and those of their config that are not. */
export interface LeavingNodes {
  readonly leaving: readonly Leaving[];
  /** Any of them: they share their cluster. */
  readonly config: OpenConfig;
  /** All that the config names. */
  readonly configured: readonly string[];
  /** Machines name themselves: nobody here knows how many there are. */
  readonly isOpen: boolean;
}

function named({ loaded, ...config }: OpenConfig, name: string): OpenConfig {
  const { spec } = loaded;
  return { ...config, loaded: { ...loaded, spec: { ...spec, node: { ...spec.node, name } } } };
}

const unknown = (name: string, file: string): Diagnostic => ({
  severity: 'error',
  code: 'cli/node-name',
  message: `${name} is no node of ${file}`,
  hint: 'what was made for a node, its own config knows: name that with `--config`, a fleet’s table with `--nodes`',
});

function leavingOf(
  { nodes, names: configured, config }: NamedNodes,
  wanted: readonly string[],
  file: string,
): Result<LeavingNodes> {
  const open = nodes.find(({ name }) => name === null)?.config;
  const errors: Diagnostic[] = [];
  const leaving = wanted.flatMap((name): Leaving[] => {
    const own = nodes.find((node) => node.name === name)?.config ?? open;
    if (own !== undefined) return [{ name, config: named(own, name) }];
    errors.push(unknown(name, file));
    return [];
  });
  if (errors.length > 0) return { ok: false, errors };
  return ok({ leaving, config, configured, isOpen: open !== undefined });
}

/** The nodes to take out: those that are named, else the config's. Returns every problem at once. */
export async function leavingNodes(
  args: readonly string[],
  files: FleetFiles,
  world: World,
): Promise<Result<LeavingNodes>> {
  const found = await namedNodes(files, world);
  if (!found.ok) return found;
  const wanted = wantedNames(args, found.value.names, 'reset');
  if (!wanted.ok) return wanted;
  const leaving = leavingOf(found.value, wanted.value, files.nodes ?? files.config);
  return leaving.ok ? ok(leaving.value, found.warnings) : leaving;
}
