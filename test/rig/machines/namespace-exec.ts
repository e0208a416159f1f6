import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExecOptions, ExecResult } from './machine.ts';

const path = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** For setpriv: the clock, the modules and the ports are the host's. */
export const boundingSet = '-sys_time,-sys_module,-sys_rawio';

/** The script comes on standard input, so that nothing of it stands among the arguments of a process. */
const shell = 'script=$(cat); exec </dev/null; eval "$script"';

/** Runs a bash script as root in the namespaces of `pid`. `tail` says more at the deadline. */
export async function namespaceExec(
  pid: number,
  script: string,
  { deadlineMs = 60_000 }: ExecOptions,
  tail: () => string,
): Promise<ExecResult> {
  const enter = ['--target', String(pid), '--mount', '--uts', '--ipc', '--net', '--pid', '--cgroup', '--'];
  const folder = await mkdtemp(join(tmpdir(), 'flexgen-rig-exec-'));
  try {
    // Files, not pipes: a program that the script leaves in the background would keep a pipe open.
    const [stdout, stderr] = [join(folder, 'stdout'), join(folder, 'stderr')];
    const [out, err] = [await open(stdout, 'w'), await open(stderr, 'w')];
    const child = spawn(
      'nsenter',
      [...enter, 'setpriv', `--bounding-set=${boundingSet}`, '--', 'bash', '-c', shell],
      {
        stdio: ['pipe', out.fd, err.fd],
        // A process group of its own, so that the deadline ends what nsenter forked too.
        detached: true,
        env: { PATH: path, HOME: '/root', LANG: 'C.UTF-8' },
      },
    );
    await Promise.all([out.close(), err.close()]);
    child.stdin?.on('error', () => {});
    child.stdin?.end(script);
    const exitCode = await ended(child, deadlineMs);
    if (exitCode === undefined)
      throw new Error(`no end within ${deadlineMs / 1000} s of: ${script}\n${tail()}`);
    return { exitCode, stdout: await readFile(stdout, 'utf8'), stderr: await readFile(stderr, 'utf8') };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The exit code, or undefined where the deadline ended it. A signal counts as the shell counts it: 128 + 9. */
async function ended(child: ChildProcess, deadlineMs: number): Promise<number | undefined> {
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  }, deadlineMs);
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (exitCode) => resolve(exitCode ?? 137));
  }).finally(() => clearTimeout(timer));
  return late ? undefined : code;
}
