import { nowhere, onMachine } from './on-machine.ts';
import type { Seen } from './on-machine.ts';

const places = Object.keys(nowhere) as (keyof Seen)[];

const cell = (value: Seen[keyof Seen]): string => {
  if (typeof value === 'boolean') return value ? 'yes' : '0';
  return value.length === 0 ? '0' : value.join(', ');
};

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;

const rows: readonly (readonly [string, { readonly seen: Seen; readonly why?: string }])[] =
  Object.entries(onMachine);

/** What the rig holds each join against. */
export const machineTable = `## On a machine that has joined

For each way to sign in the rig (\`npm run test:rig\`) boots a machine with systemd and cloud-init under strace, which sees
every program that is started there, its arguments and its environment; lets it join a real control plane; reads journal,
console, \`/run\`, \`/tmp\` and \`/dev/shm\`; powers it off and reads every file. The values are what it must see, exactly.

${row(['secret', ...places])}${row(['---', ...places.map(() => '---')])}${rows.map(([name, { seen }]) => row([name, ...places.map((place) => cell(seen[place]))])).join('')}
What is not 0 is by design:

${rows.flatMap(([name, { why }]) => (why === undefined ? [] : [`- ${name}: ${why}\n`])).join('')}`;
