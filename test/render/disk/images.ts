import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { lacks, read } from '../../encode/reader.ts';
import { temporary } from '../../cli/run.ts';

/** The file systems of the images, as blkid calls them. */
export type Kind = 'iso9660' | 'vfat';

/** Programs that read each, and one that complains; where one is missing the test is skipped by its name. */
const programs = { iso9660: ['xorriso', 'isoinfo'], vfat: ['mcopy', 'fsck.vfat'] } as const;

/** Whether this machine can read such images; if not, the test is skipped. */
export function canRead(t: TestContext, kind: Kind): boolean {
  const missing = ['blkid', ...programs[kind]].find(
    (program) => spawnSync(program, ['--version']).error !== undefined,
  );
  if (missing !== undefined) lacks(t, missing);
  return missing === undefined;
}

/** An image as a file, gone after the test. */
export function imageFile(t: TestContext, bytes: Uint8Array): string {
  const file = join(temporary(t), 'image');
  writeFileSync(file, bytes);
  return file;
}

/** What blkid says of it, by its keys, e.g. `LABEL`. */
export function probe(file: string): Readonly<Record<string, string>> {
  const lines = (read('blkid', ['-p', '-o', 'export', file]) ?? '').trimEnd().split('\n');
  return Object.fromEntries(lines.map((line) => line.split('=', 2)));
}

/** Each file below a folder with its content in Latin-1, and its mode. */
function filesIn(folder: string): Readonly<Record<string, string>> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted();
  const files = paths.filter((path) => statSync(join(folder, path)).isFile());
  return Object.fromEntries(files.map((path) => [path, readFileSync(join(folder, path), 'latin1')]));
}

/** The files of an ISO image by what xorriso takes for their names, which are Rock Ridge's where there are any. */
export function xorriso(t: TestContext, file: string): Readonly<Record<string, string>> {
  const folder = join(temporary(t), 'out');
  // Whoever runs the test must be able to remove what is laid out, and no folder of an image may be written to.
  const args = `-abort_on WARNING -osirrox on -indev ${file} -chmod_r 0700 / -- -extract / ${folder} -rollback_end`;
  const said = spawnSync('xorriso', args.split(' '));
  assert.equal(said.status, 0, String(said.stderr));
  return filesIn(folder);
}

/** The names of all files in an ISO image, by Rock Ridge (`R`) or by Joliet (`J`). */
export function isoNames(file: string, extension: 'R' | 'J'): readonly string[] {
  const said = read('isoinfo', [`-${extension}`, '-f', '-i', file]) ?? '';
  return said.trimEnd().split('\n');
}

/** As `ls -l` would show an ISO image's files. */
export const isoListing = (file: string): string => read('isoinfo', ['-R', '-l', '-i', file]) ?? '';

/** The content of one file of an ISO image by its name in Joliet. */
export function jolietFile(file: string, path: string): string {
  const { stdout } = spawnSync('isoinfo', ['-J', '-i', file, '-x', path]);
  return stdout.toString('latin1');
}

/** The files of a vfat image as mtools reads them, after fsck.vfat has found nothing to mend. */
export function mtools(t: TestContext, file: string): Readonly<Record<string, string>> {
  const checked = spawnSync('fsck.vfat', ['-n', '-V', file]);
  assert.equal(checked.status, 0, String(checked.stdout));
  const folder = join(temporary(t), 'out');
  mkdirSync(folder);
  read('mcopy', ['-s', '-i', file, '::/*', folder]);
  return filesIn(folder);
}
