import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';
import { filesBelow } from '../io/folder.ts';

/** A folder whose files a module of src/io reads, by their paths in it. */
interface TextFolder {
  readonly folder: string;
  /** The module in src/io. */
  readonly module: string;
  /** What it exports: the function that reads one. */
  readonly name: string;
}

async function textsModule(root: string, { folder, name }: TextFolder): Promise<string> {
  const all = await filesBelow(join(root, folder));
  // A folder's own README is for people.
  const paths = all.filter((path) => path !== 'README.md');
  const texts = await Promise.all(
    paths.map(async (path) => [path, await readFile(join(root, folder, path), 'utf8')]),
  );
  return `
const texts = ${JSON.stringify(Object.fromEntries(texts))};
export function ${name}(path) {
  if (!Object.hasOwn(texts, path)) throw new Error('no ${folder}/' + path);
  return texts[path];
}`;
}

/** Puts all of a folder into the bundle: the shipped program reads nothing of it from disk. */
export function textsPlugin(root: string, texts: TextFolder): Plugin {
  return {
    name: `flexgen-${texts.folder}`,
    setup(build) {
      build.onLoad({ filter: new RegExp(`src/io/${texts.module}\\.ts$`) }, async () => ({
        contents: await textsModule(root, texts),
        loader: 'js',
      }));
    },
  };
}
