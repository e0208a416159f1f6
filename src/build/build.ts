import { readdir, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { packerPlugin } from './packer-plugin.ts';
import { schemaPlugin } from './schema-plugin.ts';
import { templatesPlugin } from './templates-plugin.ts';

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
  plugins: [templatesPlugin(root), schemaPlugin(root), packerPlugin(root)],
  logLevel: 'warning',
  metafile: true,
});
// Stale chunks go once the new ones are there, so that a flexgen that runs meanwhile finds its own.
const written = new Set(Object.keys(metafile.outputs));
for (const name of await readdir(`${root}/dist`, { recursive: true })) {
  if (name !== 'chunks' && !written.has(`dist/${name}`)) await rm(`${root}/dist/${name}`);
}
