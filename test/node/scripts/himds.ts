import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { TestContext } from 'node:test';
import { root } from '../../cli/run.ts';
import type { Machine } from './shell.ts';

/** The strict stand-in of Arc's token endpoint. */
export interface Himds {
  readonly port: number;
  /** What the real one would have refused. */
  violations(): string[];
}

/** Starts the stand-in with the machine's own folder of keys; `issue` is a script that prints a token's JSON. */
export async function startHimds(
  t: TestContext,
  machine: Machine,
  issue: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Himds> {
  machine.fake('issue', issue);
  const log = join(machine.folder, 'himds.log');
  const child = spawn('python3', [join(root, 'test/standins/himds.py')], {
    env: {
      PATH: process.env['PATH'],
      HIMDS_PORT: '0',
      HIMDS_TOKENS_DIR: join(machine.folder, 'var/opt/azcmagent/tokens'),
      HIMDS_ISSUE: join(machine.folder, 'bin/issue'),
      HIMDS_LOG: log,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  t.after(async () => {
    child.kill();
    await ended;
  });
  const lines = createInterface(child.stdout);
  // Its output ends with it, so that there is an answer where it could not start.
  const [line = ''] = (await Promise.race([once(lines, 'line'), once(lines, 'close')])) as [string?];
  if (!line.startsWith('himds: ')) throw new Error('the stand-in of Arc’s token endpoint did not start');
  return {
    port: Number(line.slice('himds: '.length)),
    violations: () => (existsSync(log) ? readFileSync(log, 'utf8').split('\n').slice(0, -1) : []),
  };
}
