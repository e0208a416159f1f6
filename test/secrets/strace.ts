import { spawnSync } from 'node:child_process';
import type { TestContext } from 'node:test';
import { lacks } from '../encode/reader.ts';

let works: boolean | undefined;

/** Whether programs can be traced here; else the test is skipped, but in CI. */
export function withStrace(t: TestContext): boolean {
  works ??= spawnSync('strace', ['-f', '--seccomp-bpf', '-o', '/dev/null', 'true']).status === 0;
  if (!works) lacks(t, 'strace 5.3 or newer, and the right to trace');
  return works;
}
