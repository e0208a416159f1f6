import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { logsDir } from '../rig/services/cache.ts';

interface Boot {
  readonly setting: string;
  readonly release: string;
  readonly auth: string;
  readonly seconds: Readonly<Record<string, number>>;
}

/** The steps that end with a Ready node; what follows them is no part of the join. */
const steps = ['host', 'packages', 'artifacts', 'runtime', 'identity', 'kubelet', 'registered', 'ready'];

/** The boots of the last `npm run test:rig` in this checkout as a section, or nothing where there were none. */
export async function bootTable(): Promise<string> {
  const text = await readFile(join(logsDir, 'boots.jsonl'), 'utf8').catch(() => '');
  const boots = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Boot);
  if (boots.length === 0) return '';
  const rows = boots.map(({ setting, release, auth, seconds }) => {
    const taken = steps.map((step) => seconds[step] ?? 0);
    const total = taken.reduce((sum, one) => sum + one, 0);
    return `| ${[setting, release, auth, ...taken, total].join(' | ')} |`;
  });
  return `
## Boot

Seconds of each step in the rig, from cloud-init's runcmd to a Ready node, every byte verified; the machines of the last
\`npm run test:rig\`. \`qemu\` is a whole machine without hardware virtualisation, about ten times slower than a real one.

| setting | system | auth | ${steps.join(' | ')} | total |
| ${Array.from({ length: steps.length + 4 }, () => '---').join(' | ')} |
${rows.join('\n')}
`;
}
