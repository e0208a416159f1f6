import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { Encoded } from './samples.ts';

/** Skips the test by the name of what it lacks; in CI nothing may be lacking. */
export function lacks(t: TestContext, tool: string): void {
  assert.notEqual(process.env['CI'], 'true', `CI needs ${tool}`);
  t.skip(`needs ${tool}`);
}

interface Options {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Some readers refuse to run as root: run them as this user and group. */
  readonly id?: number | undefined;
  /** Where what a reader was made to run would leave its traces. */
  readonly cwd?: string;
}

/** Runs a reader and gives its standard output, or undefined where it is not installed. Fails if the reader does. */
export function read(command: string, args: readonly string[], options: Options = {}): string | undefined {
  const { input = '', env = {}, id, cwd } = options;
  const result = spawnSync(command, args, {
    input,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8', ...env },
    maxBuffer: 1 << 26,
    ...(id === undefined ? {} : { uid: id, gid: id }),
    ...(cwd === undefined ? {} : { cwd }),
  });
  if (result.error && 'code' in result.error && result.error.code === 'ENOENT') return undefined;
  assert.equal(result.status, 0, `${command}: ${result.stderr}`);
  return result.stdout;
}

/** The first Python that has the module. */
export function pythonWith(module: string): string | undefined {
  return ['/usr/bin/python3', 'python3'].find(
    (python) => spawnSync(python, ['-c', `import ${module}`]).status === 0,
  );
}

/** Runs `use` with a file of this content, in a directory that any user can read. */
export function withFile<T>(name: string, content: string, use: (path: string) => T): T {
  const directory = mkdtempSync(join(tmpdir(), 'flexgen-encode-'));
  try {
    chmodSync(directory, 0o755);
    const path = join(directory, name);
    writeFileSync(path, content);
    return use(path);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** What a reader printed as a JSON list. */
export function parseList(json: string): unknown[] {
  const value: unknown = JSON.parse(json);
  assert.ok(Array.isArray(value));
  return value;
}

/** Every value came back; else the first that did not is shown with its token. */
export function assertReadBack(encoded: readonly Encoded[], got: readonly unknown[]): void {
  assert.equal(got.length, encoded.length);
  for (const [index, { value, token }] of encoded.entries()) {
    assert.equal(
      JSON.stringify(got[index]),
      JSON.stringify(value),
      `from the token ${JSON.stringify(token)}`,
    );
  }
}
