import type { Totals } from './check.ts';
import { found } from './found.ts';

/** A reader, and what it has read. */
export interface Line {
  readonly name: string;
  readonly writer: string;
  readonly totals: Totals;
}

const number = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ',');

/** The totals of a whole run as a page, the same from run to run. */
export function report(lines: readonly Line[], seed: number): string {
  const rows = lines.map(
    ({ name, writer, totals: { random, nasty, refused } }) =>
      `| ${name} | \`${writer}\` | ${number(random)} | ${number(nasty)} | ${number(refused)} | 0 | 0 |\n`,
  );
  const bugs = found.map(({ what, test }) => `| ${what} | \`${test}\` |\n`);
  return `# What the fuzz run read

Written by \`npm run fuzz\`, seed ${seed}. Random and nasty strings are those that the encoder took: each was written, read by the
real program, and compared. What it refused is what its language can't hold, and was no part of these.

| reader | writer | random | nasty | refused | misread | executed |
| --- | --- | ---: | ---: | ---: | ---: | ---: |
${rows.join('')}
## What it has found

| bug, mended | held by |
| --- | --- |
${bugs.join('')}`;
}
