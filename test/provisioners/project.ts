import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import { execute, temporary } from '../cli/run.ts';
import { pack } from '../supply/pack.ts';

/** npm in a home of its own, which asks no registry and says nothing of itself. */
export const npmEnv = (home: string): Readonly<Record<string, string>> => ({
  HOME: home,
  PATH: `${join(home, 'bin')}:${dirname(process.execPath)}:/usr/bin:/bin`,
  npm_config_offline: 'true',
  npm_config_update_notifier: 'false',
  npm_config_fund: 'false',
  npm_config_audit: 'false',
});

/** Makes a folder what a user's repository is: a package.json and its lock file that ask for flexgen, as it is packed. */
export async function wantFlexgen(t: TestContext, folder: string): Promise<void> {
  const packs = temporary(t);
  const { archive } = await pack(packs);
  writeFileSync(join(folder, 'package.json'), '{ "name": "machines", "private": true }\n');
  const env = npmEnv(temporary(t));
  const ended = await execute('npm', ['install', '--save-dev', archive], { cwd: folder, env });
  assert.equal(ended.exitCode, 0, ended.stderr);
  rmSync(join(folder, 'node_modules'), { recursive: true });
}
