import type { Review } from '../../render/review/review.ts';
import { visible } from '../text-width.ts';
import { number, percent } from '../../diagnostics/number.ts';

/** As much of a command as a line of the report has room for. */
const widest = 160;

const short = (text: string): string => {
  const line = visible(text.replace(/\s*\n\s*/g, ' ⏎ '));
  return line.length <= widest ? line : `${line.slice(0, widest - 1)}…`;
};

/** A module's key as YAML has it, which may be quoted. */
const keyOfYaml = /^(?:"(?:\\.|[^"\\])*"|'(?:''|[^'])*'|[^\n]*?):(?=\s)/;

/** Columns, all but the last as wide as their widest. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    `  ${row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0))).join('  ')}`.trimEnd(),
  );
}

function section(title: string, rows: readonly (readonly string[])[]): string[] {
  return rows.length === 0 ? [] : ['', `${title} (${rows.length})`, ...table(rows)];
}

/** The report as a reader should see it. */
export function reviewText(review: Review): string {
  const { name, bytes, wrapping, parts, files, units, downloads, commands, modules, secrets, budget } =
    review;
  const how = wrapping.length === 0 ? 'plain text' : wrapping.join(' > ');
  return [
    `${visible(name)}: ${number(bytes)} bytes, ${how}`,
    ...section(
      'parts',
      parts.map((part) => [part.kind, visible(part.name), `${number(part.bytes)} bytes`]),
    ),
    ...section(
      'files',
      files.map((file) => [
        file.mode,
        number(file.bytes).padStart(9),
        visible(file.path) + (file.append ? ' (appended)' : '') + (file.secret ? '  holds a secret' : ''),
      ]),
    ),
    ...section(
      'units',
      units.map((unit) => [visible(unit.name), unit.state.join(', ') || '-', short(unit.runs.join('; '))]),
    ),
    ...section(
      'downloads',
      downloads.flatMap(({ url, digest }) => [[visible(url)], [`  ${digest ?? 'NOTHING checks it'}`]]),
    ).map((line, index) => (index === 1 ? `downloads (${downloads.length})` : line)),
    ...section(
      'commands',
      commands.map(({ stage, when, text }) => [stage, when, short(text)]),
    ),
    ...section(
      'other modules',
      modules.map(({ stage, key, text }) => [stage, short(key), short(text.replace(keyOfYaml, '').trim())]),
    ),
    ...section(
      'secrets, masked',
      secrets.map(({ where, line, label }) => [`${visible(where)}:${line}`, label]),
    ),
    ...section(
      'budget',
      budget.map(({ target, counted, limit, takes }) => [
        target,
        number(counted).padStart(9),
        limit === null ? 'no limit' : `of ${number(limit)}`,
        [
          limit === null ? '' : percent(counted, limit),
          limit !== null && counted > limit ? 'TOO LARGE' : '',
          takes ? '' : 'does not take this envelope',
        ]
          .filter(Boolean)
          .join(', '),
      ]),
    ),
    '',
  ].join('\n');
}
