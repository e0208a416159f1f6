import type { SourceSettings } from '../../config/spec.ts';
import type { ImageSource, Machine } from './source.ts';

/** `machineType` of `qemu` is the variable `qemu_machine_type`. */
const variableName = (kind: string, property: string): string =>
  `${kind}_${property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`;

/** The values of a source's variables: each of its properties has one, null where nothing says it. */
export function sourceValues(
  { kind, properties, defaults }: ImageSource,
  settings: SourceSettings,
  machine: Machine,
): readonly (readonly [name: string, value: unknown])[] {
  const known: SourceSettings = { ...defaults(machine), ...settings };
  return Object.keys(properties).map((property) => [variableName(kind, property), known[property] ?? null]);
}
