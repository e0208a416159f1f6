import { jsonDocument } from '../../encode/document.ts';
import type { CloudName } from '../../config/clouds.ts';
import type { Spec } from '../../config/spec.ts';
import type { NodePlan } from '../../node/plan.ts';
import { bakeFiles } from './bake.ts';
import { textFile } from './file.ts';
import type { FolderFile } from './file.ts';
import { buildFile, pluginsFile } from './hcl.ts';
import { seedFiles } from './seed.ts';
import type { ImageMachine, ImageSource } from './source.ts';
import { sourceValues } from './values.ts';

export interface BakeParts {
  readonly plan: NodePlan;
  readonly machine: ImageMachine;
  /** The Azure cloud. */
  readonly cloud: CloudName;
  readonly sources: readonly ImageSource[];
  readonly settings: Spec['image']['sources'];
  /** The build user's public key, as in `authorized_keys`. */
  readonly publicKey: string;
  /** flexgen's own. */
  readonly version: string;
  /** A file of packer/, as the source tree has it. */
  readonly text: (path: string) => string;
}

/** Who bakes. Scripts, run as root on the machine that becomes the image. */
const scripts = ['bake/provision', 'bake/verify', 'bake/clean', 'bake/golden.sh', 'bake/reset-golden.sh'];

/**
 * Everything of the folder that `packer build` takes, but for the build user's private key. HCL is static; what a user
 * has said are values of variables, in JSON, where Packer reads no interpolation.
 */
export function packerFolder({
  plan,
  machine,
  cloud,
  sources,
  settings,
  publicKey,
  version,
  text,
}: BakeParts): readonly FolderFile[] {
  const { os, arch } = machine;
  const made = { os, arch: arch === 'auto' ? 'amd64' : arch, cloud } as const;
  const values = sources.flatMap((source) => sourceValues(source, settings[source.kind] ?? {}, made));
  const all = Object.fromEntries([['image_name', `flexgen-${plan.image.id}`], ...values]);
  return [
    textFile('build.pkr.hcl', buildFile(text('build.pkr.hcl'), sources)),
    textFile('plugins.pkr.hcl', pluginsFile(sources)),
    textFile('variables.pkr.hcl', text('variables.pkr.hcl')),
    ...sources.map(({ kind }) => textFile(`${kind}.pkr.hcl`, text(`sources/${kind}.pkr.hcl`))),
    textFile('values.auto.pkrvars.json', jsonDocument(all)),
    ...scripts.map((path) => textFile(path, text(path), 0o755)),
    ...bakeFiles(plan, machine, version),
    ...(sources.some(({ seeded }) => seeded) ? seedFiles(publicKey) : []),
  ];
}
