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

const page = `# Benchmarks

Made by \`npm run bench\` with Node.js ${process.versions.node} on ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}.

## Start-up

Whole process, median of ${rounds} rounds in which the commands take turns.

| command | ms | ratio to \`node -e 0\` |
| --- | --- | --- |
${rows.join('\n')}
${await fleetTable()}${await onlineTable(base)}
## Payload sizes

In [payload-sizes.md](payload-sizes.md), against what gzip makes of the same text.
${await bootTable()}`;
console.log(page);
await writeFile('generated/benchmarks.md', page);
