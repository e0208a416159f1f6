import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';

/** A program that runs beside the rig. */
export interface Service {
  readonly name: string;
  readonly pid: number;
  readonly logFile: string;
  running(): boolean;
  /** Ends it by its own pid: SIGTERM, after ten seconds SIGKILL; resolves when it is gone. */
  stop(): Promise<void>;
}

export interface ServiceOptions {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Takes both output streams. */
  readonly logFile: string;
  readonly env?: NodeJS.ProcessEnv;
}

const graceMilliseconds = 10_000;
const alive = new Set<ChildProcess>();

/**
 * Starts a program in a session of its own, so that a Ctrl-C reaches only the rig, which then ends it. The kernel ends
 * it too if the rig is killed (`--pdeathsig`).
 */
export async function startService(options: ServiceOptions): Promise<Service> {
  endServicesAtExit();
  const log = openSync(options.logFile, 'a');
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', '--', options.command, ...options.args], {
    stdio: ['ignore', log, log],
    detached: true,
    env: options.env ?? process.env,
  });
  closeSync(log);
  const pid = await started(child, options.name);
  alive.add(child);
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => {
      alive.delete(child);
      resolve();
    });
  });
  const running = (): boolean => child.exitCode === null && child.signalCode === null;
  return {
    name: options.name,
    pid,
    logFile: options.logFile,
    running,
    stop: async () => {
      if (!running()) return;
      child.kill('SIGTERM');
      const killer = setTimeout(() => child.kill('SIGKILL'), graceMilliseconds);
      await gone;
      clearTimeout(killer);
    },
  };
}

async function started(child: ChildProcess, name: string): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
  if (child.pid === undefined) throw new Error(`${name} did not start`);
  return child.pid;
}

let watchingExit = false;

function endServicesAtExit(): void {
  if (watchingExit) return;
  watchingExit = true;
  process.once('exit', () => {
    for (const child of alive) child.kill('SIGKILL');
  });
  // The usual exit codes of a program that a signal ended: 128 and the signal's number.
  process.once('SIGINT', () => process.exit(130));
  process.once('SIGTERM', () => process.exit(143));
}

export interface WaitOptions {
  readonly seconds: number;
  /** If one of these ends while we wait, waiting is pointless. */
  readonly services?: readonly Service[];
}

/** Asks `probe` again and again until it answers true; fails with the last lines of the log of a service that ended. */
export async function until(
  what: string,
  probe: () => Promise<boolean>,
  { seconds, services = [] }: WaitOptions,
): Promise<void> {
  const deadline = performance.now() + seconds * 1000;
  while (!(await probe())) {
    for (const service of services) {
      if (!service.running()) throw new Error(`${service.name} ended:\n${lastLines(service.logFile)}`);
    }
    if (performance.now() > deadline) {
      const logs = services.map((service) => `${service.name}:\n${lastLines(service.logFile)}`);
      throw new Error([`${what}: not within ${seconds} s`, ...logs].join('\n'));
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function lastLines(file: string): string {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-15).join('\n');
}

const handedOut = new Set<number>();

/** A TCP port on the loopback that nobody uses and that was not handed out before. */
export async function freePort(): Promise<number> {
  const port = await new Promise<number>((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
  if (handedOut.has(port)) return freePort();
  handedOut.add(port);
  return port;
}
