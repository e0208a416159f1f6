import { steps } from './cell.ts';
import type { Cell, Step } from './cell.ts';

/** A cell's line in the report. */
export interface Row {
  readonly step: Step;
  readonly fault: string;
  readonly setting: Cell['setting'];
  readonly outcome: 'joins' | 'RED' | 'not played';
  readonly verdict: string | null;
  readonly seconds: number | null;
}

const head = [
  'step',
  'fault',
  'setting',
  'outcome',
  'seconds to join again',
  'the console meanwhile',
] as const;

/** The verdict without what differs from run to run. */
function stable(verdict: string): string {
  return verdict
    .replaceAll(/\b[0-9a-f]{64}\b/g, 'SHA256')
    .replaceAll(/\b(10\.0\.2\.2|rig\.test):\d+/g, '$1:PORT')
    .replaceAll(/\b(?:namespaces|qemu)-debian-\d+-\d+/g, 'NODE')
    .replaceAll(/\b\d+ (ms|bytes)\b/g, 'N $1')
    .replaceAll('|', String.raw`\|`);
}

/** The rows of a report, as `report` wrote them. */
export function rowsOf(report: string): readonly Row[] {
  return report
    .split('\n')
    .filter((line) => steps.some((step) => line.startsWith(`| ${step} |`)))
    .map((line) => {
      const [step, fault, setting, outcome, seconds = '', verdict = ''] = line
        .slice(2, -2)
        .split(/ (?<!\\)\| /)
        .map((text) => text.trim());
      return {
        ...({ step, fault, setting, outcome } as Pick<Row, 'step' | 'fault' | 'setting' | 'outcome'>),
        seconds: seconds === '' ? null : Number(seconds),
        verdict: verdict === 'rides it out' || verdict === '' ? null : verdict.slice(1, -1),
      };
    });
}

const keyOf = ({ step, fault, setting }: Pick<Row, 'step' | 'fault' | 'setting'>): string =>
  [step, fault, setting].join('|');

/** The report of these cells: what was played now, and what is known of the others from before. */
export function report(cells: readonly Cell[], played: readonly Row[], before: readonly Row[]): string {
  const known = new Map([...before, ...played].map((row) => [keyOf(row), row]));
  const rows = steps.flatMap((step) =>
    cells
      .filter((cell) => cell.step === step)
      .map((cell): readonly string[] => {
        const { fault, setting } = cell;
        const { outcome, verdict, seconds } = known.get(keyOf(cell)) ?? {
          outcome: 'not played',
          verdict: null,
          seconds: null,
        };
        const says = verdict === null ? 'rides it out' : `\`${stable(verdict).replaceAll('`', "'")}\``;
        return [step, fault, setting, outcome, `${seconds ?? ''}`, outcome === 'joins' ? says : ''];
      }),
  );
  const table = [head, head.map((name) => (name.startsWith('seconds') ? '---:' : '---')), ...rows];
  return `# The fault matrix

Made by \`npm run test:matrix -- --write\`. In each cell a real machine boots with the real kubelet, containerd and API
server of the rig; the fault is there while the step is at work; then it goes away, and nobody touches the machine. Every
cell ends with the node Ready, a pod on it, and nothing of flexgen running.

${table.map((row) => `| ${row.join(' | ')} |\n`).join('')}`;
}
