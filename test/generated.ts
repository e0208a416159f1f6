import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { assembleSchema } from '../src/config/index.ts';
import { jsonDocument } from '../src/encode/document.ts';
import { definitions } from '../src/cli/definitions.ts';
import type { Delivered } from '../src/render/cloud-init/delivered.ts';
import { gzip } from '../src/render/cloud-init/gzip.ts';
import { leastLimit, targets } from '../src/render/cloud-init/targets/index.ts';
import { targetNames } from '../src/render/cloud-init/targets/names.ts';
import { referencePage } from './reference/page.ts';
import { goldenLimit, plainText, renderFor, renderStarter, starters } from './render/starters.ts';

const folder = 'generated';

/** Written by what measures it, `npm run bench`, which differs from run to run, and by the rig. */
const measured = new Set(
  [
    'benchmarks.md',
    'demo.svg',
    'fault-matrix.md',
    'fuzz.md',
    'privileges.md',
    'reset.md',
    'secrets.md',
    'soak.md',
  ].map((name) => `${folder}/${name}`),
);

const number = (count: number): string => count.toLocaleString('en-US');

async function sizesTable(payloads: ReadonlyMap<string, string>): Promise<string> {
  const rows = await Promise.all(
    Array.from(payloads, async ([name, payload]) => {
      const bytes = Buffer.byteLength(payload);
      const plain = await plainText(name);
      const gzipped = gzip(Buffer.from(plain)).length;
      const share = `${((bytes / leastLimit) * 100).toFixed(1)} %`;
      const golden = Buffer.byteLength(await renderStarter(name, 'golden'));
      return [
        name,
        number(Buffer.byteLength(plain)),
        number(bytes),
        share,
        number(gzipped),
        (bytes / gzipped).toFixed(2),
        number(golden),
        number(goldenLimit(name)),
      ];
    }),
  );
  const ca = statSync('templates/config/example/cluster-ca.pem').size;
  return `# Sizes of the starters' payloads

The least limit of any provider is ${number(leastLimit)} bytes (AWS). A payload is plain text as long as it fits; else files that
every node has are packed in it. What no text could be much smaller than is all of it gzipped, in base64; that only
cloud-init could read. A payload for a golden image is plain text always. The CA in each of them has ${number(ca)} bytes.

| starter | all in plain text | payload | of the limit | all of it gzipped, in base64 | payload ÷ that | for a golden image | its limit |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
${rows.map((row) => `| ${row.join(' | ')} |\n`).join('')}`;
}

const counts = { content: 'as it is', base64: 'in base64', delivered: 'as it is handed over' } as const;

/** One payload for a target: its envelope, bytes and share of the limit. */
function cell(payload: Delivered | null): string {
  if (payload === null) return 'too big';
  const { envelope, counted, limit } = payload;
  const share = limit === null ? '' : `, ${((counted / limit) * 100).toFixed(1)} %`;
  return `${envelope} ${number(counted)}${share}`;
}

async function targetsTable(): Promise<string> {
  const limits = targetNames.map((name) => {
    const { limit, counts: how, note, envelopes: taken } = targets[name];
    const most = limit === null ? 'none' : number(limit);
    return [name, most, counts[how], taken.map((envelope) => `\`${envelope}\``).join(' '), note];
  });
  const rows = async (image: 'stock' | 'golden'): Promise<string[][]> =>
    await Promise.all(
      targetNames.map(async (target) => [
        target,
        ...(await Promise.all(starters.map(async (name) => cell(await renderFor(name, target, image))))),
      ]),
    );
  const table = (head: readonly string[], body: readonly (readonly string[])[]): string =>
    [head, head.map(() => '---'), ...body].map((row) => `| ${row.join(' | ')} |\n`).join('');
  const head = ['target', ...starters];
  return `# The starters' payloads, target by target

What \`flexgen cloud-init --target TARGET\` makes of each starter with the envelope \`auto\`: the envelope, the bytes as the
target counts them, and their share of its limit.

## For a stock image

${table(head, await rows('stock'))}
## For a golden image

${table(head, await rows('golden'))}
## What the targets take

${table(['target', 'limit in bytes', 'counted', 'envelopes', 'how it gets there'], limits)}`;
}

async function generate(): Promise<ReadonlyMap<string, string>> {
  const payloads = new Map<string, string>();
  for (const name of starters) payloads.set(name, await renderStarter(name));
  return new Map([
    [`${folder}/config.schema.json`, jsonDocument(assembleSchema(definitions))],
    [`${folder}/payload-sizes.md`, await sizesTable(payloads)],
    [`${folder}/payload-targets.md`, await targetsTable()],
    [`${folder}/reference.md`, referencePage()],
    ...Array.from(payloads, ([name, payload]) => [`${folder}/${name}.user-data.yaml`, payload] as const),
  ]);
}

let made: ReturnType<typeof generate> | undefined;

/** Every file that follows from the sources and is checked in, by its path in the tree. */
export const generated = (): ReturnType<typeof generate> => (made ??= generate());

/** What of it the tree has differently, or not at all; or has though nothing generates it. */
export async function staleFiles(root: string): Promise<string[]> {
  const wanted = await generated();
  const read = (path: string) =>
    existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : undefined;
  const wrong = [...wanted].flatMap(([path, content]) => (read(path) === content ? [] : [path]));
  const there = existsSync(join(root, folder)) ? readdirSync(join(root, folder)) : [];
  const left = there
    .map((name) => `${folder}/${name}`)
    .filter((path) => !measured.has(path) && !wanted.has(path));
  return [...wrong, ...left].toSorted();
}
