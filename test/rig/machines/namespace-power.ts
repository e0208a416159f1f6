import { mkdir, readFile, readlink, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { straceArguments } from '../../secrets/trace.ts';
import { startService } from '../services/processes.ts';
import type { Service } from '../services/processes.ts';
import { makeGroups } from './cgroups.ts';
import type { Groups } from './cgroups.ts';
import { poll } from './console.ts';
import type { Lan } from './lan.ts';
import type { PortForward } from './machine.ts';
import { boundingSet } from './namespace-exec.ts';
import { startSlirp } from './slirp.ts';
import { writeShadows } from './sysctl-shadows.ts';

const startMilliseconds = 20_000;

/** A machine that is on: its first process and what the host holds for it. */
export interface Power {
  /** The machine's systemd, as the host counts. */
  readonly pid: number;
  running(): boolean;
  /** Ends what a machine that is off leaves on the host. */
  tidy(): Promise<void>;
}

export interface PowerOptions {
  readonly name: string;
  /** Has `upper`, `work`, `root` and `containerd`; `boot` is made anew. */
  readonly dir: string;
  /** The lower layers, the uppermost first. */
  readonly lower: readonly string[];
  /** A folder for sockets. */
  readonly sockets: string;
  readonly consoleFile: string;
  readonly forwards: readonly PortForward[];
  readonly lan: Lan | undefined;
  /** Where each program that is started there is written down. */
  readonly trace: string | undefined;
  /** Words for an error: the tail of the console. */
  readonly tail: () => string;
}

/** Starts systemd in namespaces of its own. Where that fails, nothing of it stays. */
export async function powerOn(options: PowerOptions): Promise<Power> {
  const boot = join(options.dir, 'boot');
  await rm(boot, { recursive: true, force: true });
  await mkdir(boot);
  await writeShadows(boot, options.lower);
  const groups = await makeGroups(options.name);
  const terminal = await startTerminal(options, groups);
  const ending = [async (): Promise<void> => stopNow(terminal), async (): Promise<void> => groups.remove()];
  try {
    const outer = await whileRunning(terminal, options, 'unshare did not start', () =>
      numberIn(join(boot, 'pid')),
    );
    const pid = await whileRunning(terminal, options, 'no first process', () =>
      numberIn(`/proc/${outer}/task/${outer}/children`),
    );
    // In version 2 a group with processes of its own cannot be divided, so unshare itself moves out.
    if (groups.hierarchies === 'unified') await writeFile('/sys/fs/cgroup/cgroup.procs', String(outer));
    const log = join(options.dir, 'slirp.log');
    const network = await startSlirp(pid, options.sockets, log, options.forwards);
    ending.unshift(async () => network.stop());
    await options.lan?.plug(pid);
    await writeFile(join(boot, 'go.draft'), '');
    await rename(join(boot, 'go.draft'), join(boot, 'go'));
    // Before this, a program that enters the namespaces would still see the host's files.
    await whileRunning(terminal, options, 'no systemd', async () => {
      const program = await readlink(`/proc/${pid}/exe`).catch(() => '');
      return basename(program) === 'systemd' ? true : undefined;
    });
    return { pid, running: () => terminal.running(), tidy: async () => inTurn(ending) };
  } catch (error) {
    await inTurn(ending);
    throw error;
  }
}

async function startTerminal(options: PowerOptions, groups: Groups): Promise<Service> {
  const enter = `/bin/sh '${join(import.meta.dirname, 'namespace-enter.sh')}'`;
  // From outside, so that the machine has no part of it: neither a process nor a file.
  const traced =
    options.trace === undefined ? '' : `strace ${straceArguments(options.trace, []).join(' ')} -- `;
  return startService({
    name: `namespaces of ${options.name}`,
    command: 'script',
    args: ['-q', '-e', '-f', '-c', `exec ${traced}${enter}`, '/dev/null'],
    logFile: options.consoleFile,
    env: {
      PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      RIG_DIR: options.dir,
      RIG_LOWER: options.lower.join(':'),
      RIG_INIT: join(import.meta.dirname, 'namespace-init.sh'),
      RIG_GROUPS: groups.folders.join('\n'),
      RIG_CGROUPS: groups.hierarchies,
      RIG_BOUNDING_SET: boundingSet,
      // systemd 257 wants to be told twice that version 1 is meant.
      RIG_CMDLINE:
        groups.hierarchies === 'unified'
          ? 'systemd.unified_cgroup_hierarchy=1'
          : 'systemd.unified_cgroup_hierarchy=0 SYSTEMD_CGROUP_ENABLE_LEGACY_FORCE=1',
    },
  });
}

/** SIGKILL, since whatever runs below has a parent-death signal. */
async function stopNow(service: Service): Promise<void> {
  if (service.running()) process.kill(service.pid, 'SIGKILL');
  await service.stop();
}

async function inTurn(steps: readonly (() => Promise<void>)[]): Promise<void> {
  for (const step of steps) await step();
}

async function whileRunning<T>(
  terminal: Service,
  { name, tail }: PowerOptions,
  what: string,
  probe: () => Promise<T | undefined>,
): Promise<T> {
  return poll(
    async () => {
      if (!terminal.running()) throw new Error(`${name} ended early; the tail:\n${tail()}`);
      return probe();
    },
    { deadlineMs: startMilliseconds },
    () => `${name}: ${what}; the tail:\n${tail()}`,
  );
}

async function numberIn(file: string): Promise<number | undefined> {
  const number = Number.parseInt(await readFile(file, 'utf8').catch(() => ''), 10);
  return Number.isNaN(number) ? undefined : number;
}
