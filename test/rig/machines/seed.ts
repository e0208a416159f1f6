import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../services/run.ts';
import { defaultMetaData } from './machine.ts';
import type { MachineOptions } from './machine.ts';

/** Writes the files of a NoCloud seed into `folder`. */
export async function writeSeed(
  folder: string,
  { name, userData, metaData, vendorData }: MachineOptions,
): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // User-data holds the secrets of a join.
  const write = (file: string, content: string | Uint8Array): Promise<void> =>
    writeFile(join(folder, file), content, { mode: 0o600 });
  await write('user-data', userData);
  await write('meta-data', metaData ?? defaultMetaData(name));
  if (vendorData !== undefined) await write('vendor-data', vendorData);
}

/** Makes the seed a disk that cloud-init finds by its label, or takes the one that was made elsewhere. */
export async function makeSeedDisk(iso: string, options: MachineOptions): Promise<void> {
  if (options.drive !== undefined) return await writeFile(iso, options.drive, { mode: 0o600 });
  const folder = `${iso}.files`;
  await writeSeed(folder, options);
  await run('xorriso', [
    '-as',
    'mkisofs',
    '-volid',
    'cidata',
    '-joliet',
    '-rational-rock',
    '-o',
    iso,
    folder,
  ]);
  await rm(folder, { recursive: true });
}
