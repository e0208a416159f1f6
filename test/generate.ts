import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generated, staleFiles } from './generated.ts';

// Writes what follows from the sources and is checked in, or with `--check` tells what of it is stale.
const root = fileURLToPath(new URL('..', import.meta.url));
const stale = await staleFiles(root);

if (process.argv.includes('--check')) {
  for (const path of stale) console.error(`${path} is stale: run \`npm run generate\``);
  if (stale.length > 0) process.exitCode = 5;
} else {
  const files = await generated();
  for (const path of stale) {
    const content = files.get(path);
    if (content === undefined) {
      rmSync(join(root, path));
      console.error(`removed ${path}`);
    } else {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), content);
      console.error(`wrote ${path}`);
    }
  }
}
