import type { Machine, MachineOptions, Setting } from './machine.ts';
import { bootNamespace } from './namespaces.ts';
import { bootQemu } from './qemu.ts';

const boots = { qemu: bootQemu, namespaces: bootNamespace } as const satisfies Record<
  Setting,
  (options: MachineOptions) => Promise<Machine>
>;

/** Makes a machine in either setting and powers it on. */
export async function bootMachine(setting: Setting, options: MachineOptions): Promise<Machine> {
  return boots[setting](options);
}
