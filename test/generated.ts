import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { assembleSchema } from '../src/config/index.ts';
import { jsonDocument } from '../src/encode/document.ts';
import { definitions } from '../src/node/index.ts';
import { renderStarter, starters } from './render/starters.ts';

/** The least limit of any provider: AWS's, before base64. */
export const payloadLimit = 16_384;

const folder = 'generated';

/** Measured by `npm run bench`, so it differs from run to run. */
const measured = `${folder}/benchmarks.md`;

function sizesTable(payloads: ReadonlyMap<string, string>): string {
  const rows = Array.from(payloads, ([name, payload]) => {
    const bytes = Buffer.byteLength(payload);
    return [name, bytes.toLocaleString('en-US'), `${((bytes / payloadLimit) * 100).toFixed(1)} %`];
  });
  return `# Sizes of the starters' payloads

User-data in plain text. The least limit of any provider is ${payloadLimit.toLocaleString('en-US')} bytes (AWS).

| starter | bytes | of the limit |
| --- | ---: | ---: |
${rows.map((row) => `| ${row.join(' | ')} |\n`).join('')}`;
}

/** Every file that follows from the sources and is checked in, by its path in the tree. */
export async function generated(): Promise<ReadonlyMap<string, string>> {
  const payloads = new Map<string, string>();
  for (const name of starters) payloads.set(name, await renderStarter(name));
  return new Map([
    [`${folder}/config.schema.json`, jsonDocument(assembleSchema(definitions))],
    [`${folder}/payload-sizes.md`, sizesTable(payloads)],
    ...Array.from(payloads, ([name, payload]) => [`${folder}/${name}.user-data.yaml`, payload] as const),
  ]);
}

/** What of it the tree has differently, or not at all; or has though nothing generates it. */
export async function staleFiles(root: string): Promise<string[]> {
  const wanted = await generated();
  const read = (path: string) =>
    existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : undefined;
  const wrong = [...wanted].flatMap(([path, content]) => (read(path) === content ? [] : [path]));
  const there = existsSync(join(root, folder)) ? readdirSync(join(root, folder)) : [];
  const left = there
    .map((name) => `${folder}/${name}`)
    .filter((path) => path !== measured && !wanted.has(path));
  return [...wrong, ...left].toSorted();
}
