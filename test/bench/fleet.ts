import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const sizes = [1000, 10_000];

const starter = 'templates/config/bootstrap-token.yaml';

interface Run {
  readonly seconds: number;
  /** MB of resident memory at its highest. */
  readonly memory: number;
}

/** One render on one core; GNU time says what it took. */
function run(folder: string, out: string): Run {
  const args = ['-f', '%e %M', 'taskset', '-c', '0', process.execPath, resolve('dist/flexgen.js')];
  const ended = spawnSync('/usr/bin/time', [...args, 'render', '--offline', '--out', out], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (ended.status !== 0) throw new Error(`flexgen render: ${ended.stderr}${String(ended.error ?? '')}`);
  const [seconds = Number.NaN, kibibytes = Number.NaN] = (ended.stderr.trim().split('\n').at(-1) ?? '')
    .split(' ')
    .map(Number);
  return { seconds, memory: kibibytes / 1024 };
}

async function configOf(nodes: number): Promise<string> {
  const text = await readFile(starter, 'utf8');
  const shared = text
    .replaceAll('example/', `${resolve('templates/config/example')}/`)
    .replace('name: edge-01', 'name: edge-{index:5}')
    .replace(/podCIDR: 10\S+/, 'podCIDR: { block: 10.128.0.0/9, size: 24 }');
  return `${shared}\nnodes: ${nodes}\n`;
}

/** Seconds in which the same files are written, and nothing else is done. */
function copied(folder: string, out: string): number {
  const began = performance.now();
  const { status } = spawnSync('cp', ['-r', out, `${out}.copy`], { cwd: folder });
  if (status !== 0) throw new Error(`cp -r ${out} failed`);
  return (performance.now() - began) / 1000;
}

/** Fleets as a section: how long and how much memory, a first run and one that finds all of it there. */
export async function fleetTable(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'flexgen-bench-fleet-'));
  try {
    const rows: string[] = [];
    for (const nodes of sizes) {
      let copy: number | undefined;
      await writeFile(join(folder, 'flexgen.yaml'), await configOf(nodes));
      for (const what of ['written', 'there already']) {
        const { seconds, memory } = run(folder, `out-${nodes}`);
        const cells = [nodes.toLocaleString('en-US'), what, seconds.toFixed(1), (nodes / seconds).toFixed(0)];
        const times = (seconds / (copy ??= copied(folder, `out-${nodes}`))).toFixed(1);
        rows.push(`| ${[...cells, times, memory.toFixed(0)].join(' | ')} |`);
      }
    }
    return `
## Fleets

\`flexgen render --offline\` of the starter bootstrap-token on one core, the whole process, also as a multiple of what
\`cp -r\` takes for the same files.

| nodes | payloads | s | nodes a second | ratio to \`cp -r\` | peak memory, MB |
| --- | --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
