import { cpus } from 'node:os';
import { writeFile } from 'node:fs/promises';
import { bootTable } from './boots.ts';
import { fleetTable } from './fleet.ts';
import { onlineTable } from './online.ts';
import { median, timed } from './timing.ts';

/** Rounds of the comparison; the commands take turns, so that a busy moment hits all of them. */
const rounds = 21;

const starter = 'templates/config/bootstrap-token.yaml';
const commands: Readonly<Record<string, readonly string[]>> = {
  'node -e 0': ['-e', '0'],
  'flexgen --help': ['dist/flexgen.js', '--help'],
  'flexgen cloud-init (offline render)': ['dist/flexgen.js', 'cloud-init', '--config', starter],
};

const times = new Map(Object.keys(commands).map((name): [string, number[]] => [name, []]));
for (let round = 0; round <= rounds; round++) {
  for (const [name, args] of Object.entries(commands)) {
    const took = timed(args);
    // The first round warms the file cache.
    if (round > 0) times.get(name)?.push(took);
  }
}
const base = median(times.get('node -e 0') ?? []);
const rows = [...times].map(([name, taken]) => {
  const middle = median(taken);
  return `| ${name} | ${middle.toFixed(0)} | ${(middle / base).toFixed(2)} |`;
});

/** The worst ratio of this page, before and after it was last worked on: both compared in one run, on the machine of the day. */
const better = `The worst of these, the offline render, was 205 ms before and 171 ms after (3.54 and 2.96 times \`node -e 0\`, Node.js 20,
medians of 21 rounds in which both took turns; with Node.js 22, 144 and 126 ms): what nodes share goes into one archive or none,
in place of one gzip for each file; the tables of deflate and the segmenter of text are made when they are first needed;
the compiled schema has no descriptions. A fleet of 5,000 took 5.2 s of one core before and 4.0 s after: its archive is
written as text once. A compile cache (\`NODE_COMPILE_CACHE\`, Node.js 22 and newer) takes another tenth off; flexgen itself
keeps none.`;

const page = `# Benchmarks

Made by \`npm run bench\` with Node.js ${process.versions.node} on ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}.

## Start-up

Whole process, median of ${rounds} rounds in which the commands take turns.

| command | ms | ratio to \`node -e 0\` |
| --- | --- | --- |
${rows.join('\n')}

${better}
${await fleetTable()}${await onlineTable(base)}
## Payload sizes

In [payload-sizes.md](payload-sizes.md), against what gzip makes of the same text.
${await bootTable()}`;
console.log(page);
await writeFile('generated/benchmarks.md', page);
