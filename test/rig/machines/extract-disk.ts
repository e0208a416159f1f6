import { mkdir, readdir, rm } from 'node:fs/promises';
import { run } from '../services/run.ts';

/**
 * Copies the ext4 file system of a qcow2 `disk` into the new folder `target`, without a mount. The disk itself stays as
 * it is; what a power cut left in its journal is replayed in the copy, as the next boot would.
 */
export async function extractDisk(disk: string, target: string): Promise<void> {
  const raw = `${target}.raw`;
  await mkdir(target);
  try {
    await run('qemu-img', ['convert', '-O', 'raw', disk, raw]);
    // 1: errors were corrected, which is what it is called for.
    await run('sh', ['-c', 'e2fsck -f -y "$1" >/dev/null; test $? -le 1', 'sh', raw]);
    await run('debugfs', ['-R', `rdump / "${target}"`, raw]);
    // debugfs reports what it could not do and still exits with 0.
    if ((await readdir(target)).length === 0) throw new Error(`nothing came out of ${disk}`);
  } finally {
    await rm(raw, { force: true });
  }
}
