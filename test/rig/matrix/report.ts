import { steps } from './cell.ts';
import type { Cell, Step } from './cell.ts';
import { classes, classesOf } from './classes.ts';

/** A cell's line in the report. */
export interface Row {
  readonly step: Step;
  readonly fault: string;
  readonly setting: Cell['setting'];
  readonly outcome: 'joins' | 'RED' | 'not played';
  readonly verdict: string | null;
  readonly seconds: number | null;
}

type Line = readonly string[];

const table = (head: Line, lines: readonly Line[]): string =>
  [head, head.map((name) => (name.startsWith('seconds') ? '---:' : '---')), ...lines]
    .map((line) => `| ${line.join(' | ')} |\n`)
    .join('');

/** The verdict without what differs from run to run. */
const stable = (verdict: string): string =>
  verdict
    .replaceAll(/\b[0-9a-f]{64}\b/g, 'SHA256')
    .replaceAll(/\b(10\.0\.2\.\d+|[a-z.]*rig\.test):\d+/g, '$1:PORT')
    .replaceAll(/\bport \d+/g, 'port PORT')
    .replaceAll(/\b(?:namespaces|qemu)-debian-\d+-\d+/g, 'NODE')
    .replaceAll(/\b\d+ (ms|milliseconds|bytes)\b/g, 'N $1')
    .replaceAll(/\bcsr-[a-z0-9]{5}\b/g, 'CSR')
    .replaceAll(/\b[EW]\d{4} [\d:.]+ +\d+ /g, '')
    .replaceAll(/(Trace|Correlation) ID: [0-9a-f-]{36}/g, '$1 ID: …')
    .replaceAll(/\b\d{4}-\d\d-\d\d[T ][\d:.]+Z/g, 'TIME')
    .replaceAll('|', '/')
    .replaceAll('`', "'");

const keyOf = ({ step, fault, setting }: Pick<Row, 'step' | 'fault' | 'setting'>): string =>
  [step, fault, setting].join('|');

const ridesOut = 'nothing: it rides it out';

/** The rows of a report, as `report` wrote them. */
export function rowsOf(text: string): readonly Row[] {
  return text
    .split('\n')
    .map((line) => line.slice(2, -2).split(' | '))
    .filter((line) => line.length === 6 && steps.some((step) => line[0] === step))
    .map(([step, fault, setting, outcome, seconds = '', says = '']) => ({
      ...({ step, fault, setting, outcome } as Pick<Row, 'step' | 'fault' | 'setting' | 'outcome'>),
      seconds: seconds === '' ? null : Number(seconds),
      verdict: says === ridesOut || says === '' ? null : says.slice(1, -1),
    }));
}

/** How many cells a class has at each step; where none, the number of the reason below. */
function overview(cells: readonly Cell[]): string {
  const reasons: string[] = [];
  const lines = classes.map(({ name, without }) => [
    name,
    ...steps.map((step) => {
      const count = cells.filter(
        (cell) => cell.step === step && classesOf(cell.fault)[0]?.name === name,
      ).length;
      if (count > 0) return `${count}`;
      const reason = without[step] ?? 'not looked at';
      if (!reasons.includes(reason)) reasons.push(reason);
      return `(${reasons.indexOf(reason) + 1})`;
    }),
  ]);
  const notes = reasons.map((reason, index) => `${index + 1}. ${reason}\n`).join('');
  return `${table(['faults', ...steps], lines)}\nWhere there is no cell:\n\n${notes}`;
}

function lineOf(cell: Cell, row: Row | undefined): Line {
  const { step, fault, setting } = cell;
  if (row === undefined) return [step, fault, setting, 'not played', '', ''];
  const { outcome, seconds, verdict } = row;
  const says = outcome !== 'joins' ? '' : verdict === null ? ridesOut : `\`${stable(verdict)}\``;
  return [step, fault, setting, outcome, `${seconds ?? ''}`, says];
}

/** The report of these cells: what was played now, and what is known of the others from before. */
export function report(cells: readonly Cell[], played: readonly Row[], before: readonly Row[]): string {
  const known = new Map([...before, ...played].map((row) => [keyOf(row), row]));
  const lines = steps.flatMap((step) =>
    cells.filter((cell) => cell.step === step).map((cell) => lineOf(cell, known.get(keyOf(cell)))),
  );
  const head = ['step', 'fault', 'setting', 'outcome', 'seconds to join', 'the console meanwhile'];
  return `# The fault matrix

Made by \`npm run test:matrix -- --write\`. In each cell a machine boots, with real systemd, containerd and kubelet and a
real API server. The fault is there while the step is at work, and the console and \`status.json\` must name it. Then it
goes away, and nobody touches the machine: the cell ends with the node Ready, a pod that runs on it, and flexgen gone.
The seconds are those from the end of the fault until the node is Ready; after a failure flexgen tries again in 30 s.

## Cells by step and kind of fault

${overview(cells)}
## Each cell

${table(head, lines)}`;
}
