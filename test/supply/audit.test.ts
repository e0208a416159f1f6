import assert from 'node:assert/strict';
import { test } from 'node:test';
import { execute, root } from '../cli/run.ts';

interface Audit {
  readonly vulnerabilities?: Readonly<Record<string, { readonly severity: string }>>;
}

/** Known and harmless here, each with the reason. */
const explained: Readonly<Record<string, string>> = {};

test('npm audit knows of nothing, or of what is explained', async (t) => {
  const env = { HOME: process.env['HOME'] ?? '' };
  const { stdout } = await execute('npm', ['audit', '--json', '--fetch-retries=0', '--fetch-timeout=30000'], {
    cwd: root,
    env,
  });
  const { vulnerabilities } = JSON.parse(stdout || '{}') as Audit;
  // A registry that is a mirror, or no network: that says nothing of the packages.
  if (vulnerabilities === undefined) return t.skip('the registry gives no advisories');
  assert.deepEqual(
    Object.keys(vulnerabilities).filter((name) => explained[name] === undefined),
    [],
  );
});
