import { allowed } from './allowed.ts';
import { machineTable } from './machine-table.ts';
import { places } from './places.ts';
import type { Place } from './places.ts';
import type { Tally } from './tally.ts';

/** Where it is kept: `npm run test:secrets` writes it, `npm test` holds it against what it sees. */
export const tablePath = 'generated/secrets.md';

const row = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |\n`;

const names = Object.keys(places) as Place[];

/** The document: what was seen at the workstation in so many runs, and what the rig sees on machines. */
export function secretsTable(tally: Tally, runs: number): string {
  const body = Array.from(tally, ([secret, seen]) =>
    row([secret, ...names.map((place) => seen.get(place)?.length ?? 0)]),
  );
  const reasons = Object.entries(allowed).flatMap(([secret, byPlace]) =>
    Object.entries(byPlace).map(([place, reason]) => `- ${secret}, ${place}: ${reason}\n`),
  );
  return `# Where secrets are

Each secret is a canary: a text of its own that is looked for everywhere, plain, encoded for URLs, JSON, shells, YAML and HTML,
in hex, in base64 at each alignment, and inside gzip. \`test/secrets/planted.test.ts\` and the rig plant one in each place and
find it.

## At the workstation

${runs} command lines, each under strace: in how many of them a secret was where. \`npm run test:secrets\` plays them.

${row(['secret', ...names])}${row(['---', ...names.map(() => '---:')])}${body.join('')}
${names.map((place) => `- ${place}: ${places[place]}\n`).join('')}
What is not 0 is by design:

${reasons.join('')}
${machineTable}`;
}
