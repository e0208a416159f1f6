import { join } from 'node:path';
import type { Machine } from '../machines/machine.ts';
import type { NodeWish } from '../node-config.ts';
import { writeConfig } from '../node-config.ts';
import { run } from '../services/run.ts';
import type { Site } from '../site.ts';

/** Where the build block of `flexgen packer` puts what it uploads. */
const uploaded = '/var/tmp/flexgen-bake';

/** Brings what `flexgen packer` writes for this wish onto a machine, as Packer would; `dir` takes it and its config. */
export async function uploadBake(machine: Machine, wish: NodeWish, site: Site, dir: string): Promise<void> {
  const { file } = await writeConfig(wish, site, dir, 0);
  const folder = join(dir, 'build');
  await site.workstation.flexgen(['packer', '--config', file, '--out', folder]);
  const archive = await run('sh', ['-c', 'tar -cz -C "$1" . | base64 -w0', 'sh', join(folder, 'bake')]);
  const { exitCode, stderr } = await machine.exec(
    `mkdir ${uploaded} && base64 -d <<<${archive} | tar -xz -C ${uploaded}`,
  );
  if (exitCode !== 0) throw new Error(`uploading the bake: ${stderr}`);
}

/** The command that runs one of its scripts on the machine. */
export const bakeScript = (name: 'provision' | 'verify' | 'clean'): string => `bash ${uploaded}/${name}`;
