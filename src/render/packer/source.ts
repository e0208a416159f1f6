import type { Arch } from '../../catalog/index.ts';
import type { CloudName } from '../../config/clouds.ts';
import type { SourceSchema } from '../../config/mode.ts';
import type { OsName, Spec } from '../../config/spec.ts';

/** What an image is made for. */
export type ImageMachine = Pick<Spec['node'], 'os' | 'arch'>;

/** What it is baked on: an image has one architecture, whatever it is said to be for. */
export interface Machine {
  readonly os: OsName;
  readonly arch: Arch;
  readonly cloud: CloudName;
}

/** What of a public image differs between systems and architectures. */
export type PerMachine<T> = Readonly<Record<OsName, (arch: Arch) => T>>;

/**
 * One kind of machine that an image is baked on: its name, its part of the config's schema, and the plugin that runs it.
 * `packer/sources/<kind>.pkr.hcl` is its HCL; each of the schema's properties is a variable there.
 */
export interface ImageSource extends SourceSchema {
  /** Packer's name of the builder. */
  readonly builder: string;
  readonly plugin: { readonly source: string; readonly version: string };
  /** Packer signs in as the build user of the seed, with the folder's key. */
  readonly seeded: boolean;
  /** What is taken for a property that the config leaves out; null where it is not here. */
  readonly defaults: (machine: Machine) => Readonly<Record<string, unknown>>;
}
