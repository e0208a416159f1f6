import { readFile } from 'node:fs/promises';
import { bootsFile } from '../rig/timings.ts';
import type { BootRecord, Milestones } from '../rig/timings.ts';

/** The steps that end with a Ready node; what follows them is no part of the join. */
const steps = ['host', 'packages', 'artifacts', 'runtime', 'identity', 'kubelet', 'registered', 'ready'];

type Cell = string | number;

const row = (cells: readonly Cell[]): string => `| ${cells.join(' | ')} |`;

const table = (head: readonly string[], rows: readonly (readonly Cell[])[]): string =>
  [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');

function stepCells({ setting, release, auth, image, seconds, downloads }: BootRecord): readonly Cell[] {
  const taken = steps.map((step) => seconds[step] ?? 0);
  const total = taken.reduce((sum, one) => sum + one, 0);
  return [setting, release, auth, image, ...taken, total, downloads];
}

function milestoneCells({ release, auth, image, downloads }: BootRecord, at: Milestones): readonly Cell[] {
  const after = (at.ready - at.files).toFixed(1);
  const moments = [at.files, at.begun, at.ready, at.cloudInit].map((moment) => moment.toFixed(1));
  return [release, auth, image, ...moments, after, downloads];
}

/** The boots of the last `npm run test:rig` in this checkout as a section, or nothing where there were none. */
export async function bootTable(): Promise<string> {
  const text = await readFile(bootsFile, 'utf8').catch(() => '');
  const boots = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as BootRecord);
  if (boots.length === 0) return '';
  const whole = boots.flatMap((boot) => (boot.at === undefined ? [] : [milestoneCells(boot, boot.at)]));
  const moments = ['files written', 'join begins', 'Ready', 'cloud-init ends', 'files to Ready'];
  return `
## Boot

Seconds of each step in the rig, from the start of flexgen's unit to a Ready node, every byte verified; the machines of
the last \`npm run test:rig\`. \`qemu\` is a whole machine without hardware virtualisation, about ten times slower than a
real one. Downloads are files of the mirror and answers of the registry, until flexgen has ended its work.

${table(['setting', 'system', 'auth', 'image', ...steps, 'total', 'downloads'], boots.map(stepCells))}

## Power-on to Ready

The same machines under QEMU: seconds from the start of their kernel until cloud-init has written the node's own files,
until flexgen's unit begins (on a stock image by cloud-init's last stage, on a golden one as soon as the files are there),
until the node is Ready, and until cloud-init's last stage has ended.

${table(['system', 'auth', 'image', ...moments, 'downloads'], whole)}
`;
}
