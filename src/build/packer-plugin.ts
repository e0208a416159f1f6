import { readFile, readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Plugin } from 'esbuild';

const folder = 'packer';

async function textsModule(root: string): Promise<string> {
  const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
  const texts = await Promise.all(
    paths.map(async (path) => [relative(join(root, folder), path), await readFile(path, 'utf8')]),
  );
  return `
const texts = ${JSON.stringify(Object.fromEntries(texts))};
export function packerText(path) {
  if (!Object.hasOwn(texts, path)) throw new Error('no packer/' + path);
  return texts[path];
}`;
}

/** Puts all of packer/ into the bundle: the shipped program reads nothing of it from disk. */
export function packerPlugin(root: string): Plugin {
  return {
    name: 'flexgen-packer',
    setup(build) {
      build.onLoad({ filter: /src\/io\/packer-texts\.ts$/ }, async () => ({
        contents: await textsModule(root),
        loader: 'js',
      }));
    },
  };
}
