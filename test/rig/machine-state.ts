import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { assertOk } from './expect.ts';
import type { Machine } from './machines/machine.ts';

/** What a machine is, a line for each thing: `mount /var/lib/x overlay`, `unit kubelet.service loaded active`. */
export type MachineState = ReadonlySet<string>;

const script = join(import.meta.dirname, 'machine-state.sh');

/** Files and their digests, mounts, links, firewall, units, settings, modules, swap, control groups, processes. */
export async function stateOf(machine: Machine, deadlineMs: number): Promise<MachineState> {
  const said = await machine.exec(await readFile(script, 'utf8'), { deadlineMs });
  return new Set(assertOk(said).trimEnd().split('\n'));
}

/** What has gone (`-`) and what has come (`+`), in an order that is always the same. */
export function differences(before: MachineState, after: MachineState): readonly string[] {
  const gone = [...before].filter((line) => !after.has(line)).map((line) => `- ${line}`);
  const come = [...after].filter((line) => !before.has(line)).map((line) => `+ ${line}`);
  return [...gone, ...come].toSorted((a, b) => (a.slice(2) < b.slice(2) ? -1 : 1));
}
