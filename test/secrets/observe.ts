import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { readTrace, straceArguments } from './trace.ts';
import type { Trace } from './trace.ts';

/** All that a run of a program left for others to see. */
export interface Observed extends Pick<Trace, 'started'> {
  readonly written: readonly (Trace['written'][number] & { readonly mode: number })[];
  readonly exitCode: number | null;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
}

export interface Command {
  readonly argv: readonly string[];
  readonly cwd: string;
  /** All of the environment. */
  readonly env: Readonly<Record<string, string>>;
}

/** The mode that a file has; of one that is gone, the one with which it was made. */
function modeOf({ path, mode }: Trace['written'][number]): number {
  const there = statSync(path, { throwIfNoEntry: false });
  return there === undefined ? (mode ?? 0o666) : there.mode & 0o777;
}

/** No run takes a tenth of it. */
const timeout = 180_000;

/** Runs a program to its end under strace. */
export async function observe({ argv, cwd, env }: Command): Promise<Observed> {
  const folder = mkdtempSync(join(tmpdir(), 'flexgen-trace-'));
  try {
    const file = join(folder, 'trace');
    const child = spawn('strace', [...straceArguments(file), '--', ...argv], {
      cwd,
      env: { ...env, UV_USE_IO_URING: '0' },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout,
      killSignal: 'SIGKILL',
    });
    const ended = once(child, 'close');
    const [stdout, stderr] = await Promise.all([buffer(child.stdout), buffer(child.stderr), ended]);
    const { started, written } = readTrace(file, cwd);
    const files = written.map((it) => ({ ...it, mode: modeOf(it) }));
    return { exitCode: child.exitCode, stdout, stderr, started, written: files };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
