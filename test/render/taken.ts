import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { createRig, root } from '../cli/run.ts';
import { python } from './cloud-init.ts';

/** What cloud-init has for its modules once it has read user-data, and what it has put aside. */
export interface Taken {
  readonly config: Readonly<Record<string, unknown>> | null;
  readonly mode: string;
  readonly console: string;
  readonly scripts: readonly string[];
}

/** What cloud-init's own code makes of each of these; undefined where there is none. */
export async function take(
  t: TestContext,
  userData: Readonly<Record<string, string | Uint8Array>>,
): Promise<Readonly<Record<string, Taken>> | undefined> {
  const rig = createRig(t, userData);
  const names = Object.keys(userData);
  const files = names.map((name) => `${rig.folder}/${name}`);
  const outcome = await python([`${root}/test/render/user-data.py`, ...files]);
  if (outcome === undefined) return undefined;
  assert.equal(outcome.exitCode, 0, outcome.stderr);
  const taken = JSON.parse(outcome.stdout) as readonly Taken[];
  return Object.fromEntries(names.map((name, index) => [name, taken[index] as Taken]));
}
