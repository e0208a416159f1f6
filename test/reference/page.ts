import { exitMeanings } from '../../src/cli/exit-codes.ts';
import { describedCommands } from './commands.ts';
import type { Described } from './commands.ts';
import { keySections } from './keys.ts';
import { shapes } from './shapes.ts';

const cell = (text: string): string => text.replaceAll('|', String.raw`\|`).replaceAll('\n', ' ');

/** A table of Markdown; nothing where it has no row. */
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  rows.length === 0
    ? ''
    : [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |\n`).join('');

const fence = (language: string, text: string): string => `\`\`\`${language}\n${text}\n\`\`\`\n`;

function commandText({ path, description, usage, terms, examples }: Described): string {
  const width = Math.max(...examples.map(([line]) => line.length));
  const lines = examples.map(([line, why]) => `${line.padEnd(width)}  # ${why}`);
  const shape = shapes[path];
  const options = terms.map(([term, what]) => [`\`${term}\``, what]);
  return [
    `### flexgen ${path}\n`,
    `${description[0]?.toUpperCase()}${description.slice(1)}.\n`,
    fence('', usage),
    table(['', ''], options),
    fence('sh', lines.join('\n')),
    ...(shape === undefined ? [] : ['With `--json`:\n', fence('json', JSON.stringify(shape, null, 2))]),
  ]
    .filter((part) => part !== '')
    .join('\n');
}

/** What can be typed, what it prints for programs, how it ends, and what a config may say: all that a version promises. */
export function referencePage(): string {
  const keys = keySections().map(
    ([title, list]) =>
      `### ${title}\n\n${table(
        ['key', 'takes', 'default', ''],
        list.map((key) => [`\`${key.path}\``, key.takes, key.default, key.description]),
      )}`,
  );
  return `# Reference

Made from the definitions that the command line, the checks of the config and \`flexgen schema\` are made from. How to use it is
in the [README](../README.md).

## Exit codes

${table(['code', ''], Object.entries(exitMeanings))}
## Commands

Standard output carries the product and nothing else; all else is on standard error. What \`--json\` prints is shown by one
value of each kind; fields may be added.

${describedCommands().map(commandText).join('\n')}
## Config

One YAML file, \`flexgen.yaml\` unless \`--config\` says another; a key that is not here is an error. Paths are relative to it.

${keys.join('\n')}`;
}
