import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cells } from './cells/index.ts';
import { chosen, matrixDir, reportFile, rowsFile, wordsVariable } from './play.ts';
import { report, rowsOf } from './report.ts';
import type { Row } from './report.ts';

// `npm run test:matrix -- mirror 404` plays the cells that have all of these words in their title, `--rest` those that did
// not end well when they were last played; with `--write` it is noted in the report how they ended.
const args = process.argv.slice(2);
const words = args.filter((arg) => arg !== '--write');
const files = (['namespaces', 'qemu'] as const)
  .filter((setting) => chosen(setting, words).length > 0)
  .map((setting) => join(import.meta.dirname, `${setting}.test.ts`));
if (files.length === 0) {
  console.error(`no cell has all of these in its title: ${words.join(', ')}`);
  process.exit(2);
}
rmSync(matrixDir, { recursive: true, force: true });
const ended = spawnSync(
  process.execPath,
  ['--import', 'tsx', '--test', '--test-concurrency=2', '--test-reporter=spec', ...files],
  { stdio: 'inherit', env: { ...process.env, [wordsVariable]: JSON.stringify(words) } },
);
if (args.includes('--write') && existsSync(rowsFile)) {
  const played = readFileSync(rowsFile, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Row);
  const before = existsSync(reportFile) ? rowsOf(readFileSync(reportFile, 'utf8')) : [];
  writeFileSync(reportFile, report(cells, played, before));
}
process.exitCode = ended.status ?? 1;
