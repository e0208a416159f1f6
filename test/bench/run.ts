import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import { writeFile } from 'node:fs/promises';
import { bootTable } from './boots.ts';

/** Rounds of the comparison; the commands take turns, so that a busy moment hits all of them. */
const rounds = 21;

const starter = 'templates/config/bootstrap-token.yaml';
const commands: Readonly<Record<string, readonly string[]>> = {
  'node -e 0': ['-e', '0'],
  'flexgen --help': ['dist/flexgen.js', '--help'],
  'flexgen cloud-init (offline render)': ['dist/flexgen.js', 'cloud-init', '--config', starter],
};

/** Whole-process wall time in milliseconds. */
function timed(args: readonly string[]): number {
  const began = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  if (status !== 0) throw new Error(`node ${args.join(' ')}: ${String(stderr)}`);
  return Number(process.hrtime.bigint() - began) / 1e6;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

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
${await bootTable()}`;
console.log(page);
await writeFile('generated/benchmarks.md', page);
