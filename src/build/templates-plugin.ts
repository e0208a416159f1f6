import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';
import { filesBelow } from '../io/folder.ts';
import { precompileTemplate } from '../template/precompile.ts';

const folder = 'templates/node';

async function compiledModule(root: string): Promise<string> {
  const texts: string[] = [];
  const templates: string[] = [];
  for (const file of await filesBelow(join(root, folder))) {
    const source = await readFile(join(root, folder, file), 'utf8');
    const path = `/${file}`;
    if (!path.endsWith('.hbs')) {
      texts.push(`${JSON.stringify(path)}: ${JSON.stringify(source)}`);
      continue;
    }
    const compiled = precompileTemplate(`${folder}${path}`, source);
    if (!compiled.ok)
      throw new Error(
        compiled.errors.map((e) => `${e.location?.file}:${e.location?.line}: ${e.message}`).join('\n'),
      );
    templates.push(`${JSON.stringify(path.slice(0, -'.hbs'.length))}: ${compiled.value}`);
  }
  return `
import { instantiate } from './src/template/instantiate.ts';
const texts = {${texts.join(',\n')}};
const specs = {${templates.join(',\n')}};
function known(table, path) {
  if (!Object.hasOwn(table, path)) throw new Error('no template for ' + path);
  return table[path];
}
export const nodeTemplates = () => ({
  text: (path) => known(texts, path),
  render: (path, values) => instantiate(known(specs, path))(values),
});`;
}

/** Puts every template into the bundle, compiled: the shipped program reads no template from disk and has no compiler. */
export function templatesPlugin(root: string): Plugin {
  return {
    name: 'flexgen-templates',
    setup(build) {
      build.onLoad({ filter: /src\/io\/templates\.ts$/ }, async () => ({
        contents: await compiledModule(root),
        resolveDir: root,
        loader: 'js',
      }));
    },
  };
}
