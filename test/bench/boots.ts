import { readFile } from 'node:fs/promises';
import { bootsFile } from '../rig/timings.ts';
import type { BareRecord, BootRecord, Milestones } from '../rig/timings.ts';

/** The steps that end with a Ready node; what follows them is no part of the join. */
const steps = ['host', 'packages', 'artifacts', 'runtime', 'identity', 'kubelet', 'registered', 'ready'];

type Cell = string | number;

const row = (cells: readonly Cell[]): string => `| ${cells.join(' | ')} |`;

const table = (head: readonly string[], rows: readonly (readonly Cell[])[]): string =>
  [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');

function stepCells({ setting, release, auth, image, seconds, curl }: BootRecord): readonly Cell[] {
  const taken = steps.map((step) => seconds[step] ?? 0);
  const total = taken.reduce((sum, one) => sum + one, 0);
  return [setting, release, auth, image, ...taken, total, curl?.toFixed(1) ?? 'none'];
}

function milestoneCells(
  { release, auth, image }: BootRecord,
  at: Milestones,
  bare: number | undefined,
): readonly Cell[] {
  const after = (at.ready - at.files).toFixed(1);
  const moments = [at.files, at.begun, at.ready, at.cloudInit].map((moment) => moment.toFixed(1));
  const ratio = bare === undefined ? 'not measured' : (at.ready / bare).toFixed(2);
  return [release, auth, image, ...moments, after, ratio];
}

/** The boots of the last `npm run test:rig` in this checkout as a section, or nothing where there were none. */
export async function bootTable(): Promise<string> {
  const text = await readFile(bootsFile, 'utf8').catch(() => '');
  const lines = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as BootRecord | BareRecord);
  const boots = lines.filter((line): line is BootRecord => !('bare' in line));
  if (boots.length === 0) return '';
  const bare = lines.find((line) => 'bare' in line)?.bare;
  const whole = boots.flatMap((boot) => (boot.at === undefined ? [] : [milestoneCells(boot, boot.at, bare)]));
  const moments = ['files written', 'join begins', 'Ready', 'cloud-init ends', 'files to Ready'];
  return `
## Boot

Seconds of each step in the rig, from the start of flexgen's unit to a Ready node, every byte verified; the machines of
the last \`npm run test:rig\`. \`qemu\` is a whole machine without hardware virtualisation, about ten times slower than a
real one. \`curl\` is what one plain curl takes on the same machine, once it is Ready, for the files that \`artifacts\`
downloads, verifies and installs.

${table(['setting', 'system', 'auth', 'image', ...steps, 'total', 'curl'], boots.map(stepCells))}

## Power-on to Ready

The same machines under QEMU: seconds from the start of their kernel until cloud-init has written the node's own files,
until flexgen's unit begins (on a stock image by cloud-init's last stage, on a golden one as soon as the files are there),
until the node is Ready, and until cloud-init's last stage has ended. ${bare === undefined ? '' : `A machine that is given nothing ends that stage after ${bare.toFixed(1)} s.`}

${table(['system', 'auth', 'image', ...moments, 'Ready ÷ bare boot'], whole)}
`;
}
