import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * What is at `pattern` below `root`, links not followed: `*` stands for some of a name, and `**` at the end for every
 * file below.
 */
export async function glob(root: string, pattern: string): Promise<string[]> {
  let found = [''];
  for (const part of pattern.split('/')) {
    const next = await Promise.all(found.map((folder) => step(root, folder, part)));
    found = next.flat();
  }
  return found.toSorted();
}

async function step(root: string, folder: string, part: string): Promise<string[]> {
  if (part === '**') return filesBelow(root, folder);
  if (!part.includes('*')) {
    const path = join(folder, part);
    return lstat(join(root, path)).then(
      () => [path],
      () => [],
    );
  }
  const literal = part.replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`);
  const name = new RegExp(`^${literal.replaceAll('*', '.*')}$`);
  const names = await readdir(join(root, folder)).catch(() => []);
  return names.filter((candidate) => name.test(candidate)).map((candidate) => join(folder, candidate));
}

async function filesBelow(root: string, folder: string): Promise<string[]> {
  const top = await lstat(join(root, folder)).catch(() => null);
  if (top === null || !top.isDirectory()) return [];
  const entries = await readdir(join(root, folder), { withFileTypes: true });
  const lists = entries.map((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(root, path) : Promise.resolve([path]);
  });
  return (await Promise.all(lists)).flat();
}
