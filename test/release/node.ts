import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { lacks } from '../encode/reader.ts';
import { execute, temporary } from '../cli/run.ts';

/**
 * The folder of a Node.js of this version, a whole one or the newest of a line. It comes from the package that has the
 * program for this system and nothing that npm would have to run. Skips the test where npm can't get it.
 */
export async function nodeFolder(t: TestContext, version: string): Promise<string | undefined> {
  const folder = temporary(t);
  const name = `node-${process.platform}-${process.arch}@${version}`;
  const env = { HOME: process.env['HOME'] ?? '', npm_config_update_notifier: 'false' };
  const got = await execute('npm', ['pack', '--silent', name], { cwd: folder, env });
  if (got.exitCode !== 0) {
    lacks(t, `the package ${name}`);
    return undefined;
  }
  const unpacked = await execute('tar', ['xzf', got.stdout.trim(), 'package/bin/node'], { cwd: folder });
  assert.equal(unpacked.exitCode, 0, unpacked.stderr);
  return join(folder, 'package/bin');
}
