import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';

const shebang = /^#!.*\b(?:bash|dash|sh)\b/;

function firstLine(path: string): string {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(128);
    return bytes.toString('latin1', 0, readSync(file, bytes)).split('\n')[0] ?? '';
  } finally {
    closeSync(file);
  }
}

/** Every shell script of the tree, relative to its root: tracked by git or not yet, but not ignored. */
export function shellScripts(root: string): string[] {
  const { stdout, status } = spawnSync(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
    {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 1 << 26,
    },
  );
  if (status !== 0) throw new Error('git can’t list the files: is this its work tree?');
  return [...new Set(stdout.split('\0'))]
    .filter((path) => path !== '' && existsSync(join(root, path)))
    .filter((path) => path.endsWith('.sh') || shebang.test(firstLine(join(root, path))))
    .toSorted();
}
