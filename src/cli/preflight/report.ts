import { styleText } from 'node:util';
import { jsonDocument } from '../../encode/document.ts';
import { visible } from '../text-width.ts';
import { wantsColor } from '../world.ts';
import type { World } from '../world.ts';
import type { State } from './check.ts';
import type { Finding } from './run.ts';

const signs = { ok: '✓', failed: '✗', unknown: '?' } as const satisfies Record<State, string>;
const words = { ok: 'ok', failed: 'FAIL', unknown: '?' } as const satisfies Record<State, string>;
const colors = { ok: 'green', failed: 'red', unknown: 'yellow' } as const satisfies Record<State, string>;

/** Whether a reader sees ✓ as what it is: POSIX's order of the variables that say which characters there are. */
function showsSigns({ env }: World): boolean {
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '';
  return env['TERM'] !== 'dumb' && /utf-?8/i.test(locale);
}

/** The report as a reader should see it: a line for each outcome; why it matters and what mends it below all but the fine ones. */
export function reportText(findings: readonly Finding[], world: World): string {
  const marks = showsSigns(world) ? signs : words;
  const color = wantsColor(world.stdout, world.env);
  const column = Math.max(...Object.values(marks).map((mark) => mark.length));
  const width = Math.max(...findings.map(({ name }) => name.length));
  const indent = ' '.repeat(column + 1 + width + 2);
  const lines = findings.flatMap(({ name, why, outcomes }) =>
    outcomes.flatMap(({ state, detail, remedy }, index) => {
      // Said once, below the first line that needs it.
      const first = outcomes.findIndex((outcome) => outcome.state !== 'ok') === index;
      const mark = marks[state].padEnd(column);
      const shown = color ? styleText(colors[state], mark, { validateStream: false }) : mark;
      return [
        `${shown} ${name.padEnd(width)}  ${visible(detail)}`,
        ...(first ? [`${indent}why: ${why}`] : []),
        ...(state === 'ok' || remedy === undefined ? [] : [`${indent}fix: ${visible(remedy)}`]),
      ];
    }),
  );
  return `${lines.join('\n')}\n`;
}

/** The same for programs: a JSON list of `{name, state, detail, why, remedy}`; a remedy is null where there is none. */
export function reportJson(findings: readonly Finding[]): string {
  return jsonDocument(
    findings.flatMap(({ name, why, outcomes }) =>
      outcomes.map(({ state, detail, remedy = null }) => ({ name, state, detail, why, remedy })),
    ),
  );
}

/** What it comes to, in a line. */
export function summary(findings: readonly Finding[]): string {
  const states = findings.flatMap(({ outcomes }) => outcomes.map(({ state }) => state));
  const count = (wanted: State): number => states.filter((state) => state === wanted).length;
  const [failed, unknown] = [count('failed'), count('unknown')];
  const rest = unknown === 0 ? '' : `, ${unknown} not known`;
  return failed === 0 ? `nothing stands in the way${rest}` : `${failed} failed${rest}`;
}
