import { readdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import product from '../../package.json' with { type: 'json' };
import { jsonDocument } from '../encode/document.ts';
import { bundledPackages } from './bundled.ts';
import { schemaPlugin } from './schema-plugin.ts';
import { templatesPlugin } from './templates-plugin.ts';
import { textsPlugin } from './texts-plugin.ts';
import { bundleMaterials, thirdPartyNotices } from './third-party.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: ['src/cli/flexgen.ts'],
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  chunkNames: 'chunks/[name]-[hash]',
  // Bundled CommonJS packages still ask for Node's own modules with `require`.
  banner: {
    js: "#!/usr/bin/env node\nimport { createRequire as requireFrom } from 'node:module';const require = requireFrom(import.meta.url);",
  },
  legalComments: 'linked',
  minifySyntax: true,
  minifyWhitespace: true,
  // Their CommonJS would bring a second copy of what all SDKs stand on, which costs 30 ms more to load.
  alias: {
    '@azure/arm-hybridcompute': './node_modules/@azure/arm-hybridcompute/dist-esm/src/index.js',
    '@azure/arm-authorization': './node_modules/@azure/arm-authorization/dist-esm/src/index.js',
  },
  plugins: [
    templatesPlugin(root),
    schemaPlugin(root),
    textsPlugin(root, { folder: 'packer', module: 'packer-texts', name: 'packerText' }),
    textsPlugin(root, { folder: 'templates/rotate', module: 'rotate-texts', name: 'rotateText' }),
  ],
  logLevel: 'warning',
  metafile: true,
});
// What is in the bundle is known here alone: the package asks for nothing else to be installed with it.
const packages = await bundledPackages(root, metafile);
const papers = {
  'dist/THIRD-PARTY.txt': thirdPartyNotices(packages),
  'dist/flexgen.cdx.json': jsonDocument(bundleMaterials(product, packages)),
};
for (const [path, text] of Object.entries(papers)) await writeFile(`${root}/${path}`, text);
// Stale chunks go once the new ones are there, so that a flexgen that runs meanwhile finds its own.
const written = new Set([...Object.keys(metafile.outputs), ...Object.keys(papers)]);
for (const name of await readdir(`${root}/dist`, { recursive: true })) {
  if (name !== 'chunks' && !written.has(`dist/${name}`)) await rm(`${root}/dist/${name}`);
}
