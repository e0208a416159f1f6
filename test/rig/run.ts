import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { chosen, wordsVariable } from './play.ts';
import { logsDir } from './services/cache.ts';

// `npm run test:rig -- 'power cut' debian-13` plays what has all of these words in its title, `--core` what CI plays,
// `--boots` what the benchmark shows.
// Machines in namespaces wait most of the time and those under QEMU compute, so that the two are played side by side.
const words = process.argv.slice(2);
const files = (['namespaces', 'qemu'] as const)
  .filter((setting) => chosen(setting, words).length > 0)
  .map((setting) => join(import.meta.dirname, `${setting}.test.ts`));
if (files.length === 0) {
  console.error(`no scenario has all of these in its title: ${words.join(', ')}`);
  process.exit(2);
}
rmSync(logsDir, { recursive: true, force: true });
const ended = spawnSync(
  process.execPath,
  ['--import', 'tsx', '--test', '--test-concurrency=2', '--test-reporter=spec', ...files],
  { stdio: 'inherit', env: { ...process.env, [wordsVariable]: JSON.stringify(words) } },
);
process.exitCode = ended.status ?? 1;
