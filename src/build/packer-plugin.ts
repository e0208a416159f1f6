import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';
import { filesBelow } from '../io/folder.ts';

const folder = 'packer';

async function textsModule(root: string): Promise<string> {
  const paths = await filesBelow(join(root, folder));
  const texts = await Promise.all(
    paths.map(async (path) => [path, await readFile(join(root, folder, path), 'utf8')]),
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
