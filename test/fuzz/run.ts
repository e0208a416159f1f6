// `npm run fuzz`: every reader with so many random strings, every envelope with so many mutations; the totals go to
// generated/fuzz.md. FLEXGEN_FUZZ_COUNT and FLEXGEN_FUZZ_SEED change them, and then nothing is written.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildReaders } from './build.ts';
import { checkReader, isHere } from './check.ts';
import { readers } from './readers/index.ts';
import { report } from './report.ts';
import type { Line } from './report.ts';
import { seed } from './seed.ts';

const usual = 100_000;
const count = Number(process.env['FLEXGEN_FUZZ_COUNT'] ?? usual);
const words = process.argv.slice(2).join(' ');

const say = (text: string): void => void process.stdout.write(`${text}\n`);

async function main(): Promise<number> {
  say(`fuzz: seed ${seed}, ${count} random strings for each reader`);
  await buildReaders();
  const lines: Line[] = [];
  let failed = 0;
  for (const reader of readers.filter(({ name }) => name.includes(words))) {
    const start = process.hrtime.bigint();
    const seconds = (): string => `${Number((process.hrtime.bigint() - start) / 1_000_000_000n)} s`;
    try {
      if (!isHere(reader)) throw new Error('it is not installed');
      const totals = checkReader(reader, count, seed);
      lines.push({ name: reader.name, writer: reader.writer, totals });
      say(
        `${reader.name}: ${totals.random} random, ${totals.nasty} nasty, ${totals.refused} refused, ${seconds()}`,
      );
    } catch (error) {
      failed += 1;
      say(`${reader.name}: FAILED: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  say(`fuzz: ${lines.length} readers read all as it was written, ${failed} did not`);
  const isWhole =
    failed === 0 && words === '' && count === usual && process.env['FLEXGEN_FUZZ_SEED'] === undefined;
  if (isWhole) writeFileSync(join(import.meta.dirname, '../../generated/fuzz.md'), report(lines, seed));
  return failed === 0 ? 0 : 1;
}

process.exitCode = await main();
