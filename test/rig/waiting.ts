import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { program } from '../cli/run.ts';
import type { Outcome } from '../cli/run.ts';
import { until } from './services/processes.ts';

/** What is done while flexgen runs; `says` resolves once it has said this, on whatever stream. */
type Work = (says: (words: string) => Promise<void>) => Promise<void>;

interface Where {
  /** Default: `wait`. */
  readonly command?: string;
  readonly cwd: string;
  readonly kubeconfig: string;
  /** For each thing that it shall say. */
  readonly seconds: number;
}

const withoutTimes = (text: string): string =>
  text.replaceAll(/ +\d+ s /g, ' N s ').replaceAll(/\(\d+ s\)/g, '(N s)');

/** Runs a command that waits, `flexgen wait` unless another is named, and the work beside it; how it ended, with what differs from run to run taken out. */
export async function whileWaiting(
  args: readonly string[],
  { command = 'wait', cwd, kubeconfig, seconds }: Where,
  work: Work = async () => undefined,
): Promise<Outcome> {
  const child = spawn(process.execPath, [program, command, ...args, '--kubeconfig', kubeconfig], {
    cwd,
    env: { PATH: process.env['PATH'] },
  });
  const closed = once(child, 'close');
  const said = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      said[stream] += text;
    });
  }
  try {
    await work(async (words) => {
      const isSaid = (): boolean => said.stdout.includes(words) || said.stderr.includes(words);
      await until(`flexgen says “${words}”`, async () => isSaid() || child.exitCode !== null, {
        seconds,
      });
      if (!isSaid()) throw new Error(`flexgen ended without “${words}”:\n${said.stdout}${said.stderr}`);
    });
    await closed;
  } finally {
    child.kill('SIGKILL');
  }
  const { stdout, stderr } = said;
  return { exitCode: child.exitCode, stdout: withoutTimes(stdout), stderr: withoutTimes(stderr) };
}
