import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startService } from '../services/processes.ts';
import type { Service } from '../services/processes.ts';
import { run } from '../services/run.ts';
import { Console, poll } from './console.ts';
import { extractDisk } from './extract-disk.ts';
import { GuestExec } from './guest-exec.ts';
import type {
  BakedDisk,
  BakedLayer,
  Deadline,
  ExecOptions,
  ExecResult,
  Machine,
  MachineOptions,
} from './machine.ts';
import { qemuArgs } from './qemu-args.ts';
import { qmp } from './qmp.ts';
import { buildRootfs } from './rootfs.ts';
import type { Rootfs } from './rootfs.ts';
import { makeSeedDisk } from './seed.ts';
import { SocketLines } from './socket-lines.ts';
import { ensureQemu } from './tools.ts';

const defaultMemoryMiB = 3072;
const defaultExecMilliseconds = 60_000;

interface Power {
  readonly service: Service;
  readonly lines: SocketLines;
  readonly exec: GuestExec;
}

class QemuMachine implements Machine {
  readonly setting = 'qemu';
  readonly name: string;
  readonly dir: string;
  readonly consoleFile: string;
  readonly #options: MachineOptions;
  readonly #rootfs: Rootfs;
  readonly #sockets: string;
  readonly #console: Console;
  #power: Power | undefined;

  constructor(options: MachineOptions, rootfs: Rootfs, sockets: string) {
    this.name = options.name;
    this.dir = resolve(options.dir);
    this.consoleFile = join(this.dir, 'console.log');
    this.#options = options;
    this.#rootfs = rootfs;
    this.#sockets = sockets;
    this.#console = new Console(this.consoleFile);
  }

  get #disk(): string {
    return join(this.dir, 'disk.qcow2');
  }

  get #monitor(): string {
    return join(this.#sockets, 'monitor');
  }

  async prepare(): Promise<void> {
    await mkdir(this.dir, { recursive: true });
    await makeSeedDisk(join(this.dir, 'seed.iso'), this.#options);
    const { baked } = this.#options;
    const backing =
      baked === undefined ? ['-F', 'raw', '-b', this.#rootfs.disk] : ['-F', 'qcow2', '-b', diskOf(baked)];
    await run('qemu-img', ['create', '-q', '-f', 'qcow2', ...backing, this.#disk]);
  }

  running(): boolean {
    return this.#power?.service.running() ?? false;
  }

  console(): string {
    return this.#console.text();
  }

  async waitForConsole(pattern: RegExp, deadline: Deadline): Promise<RegExpExecArray> {
    return this.#console.waitFor(pattern, deadline, this);
  }

  async exec(
    script: string,
    { deadlineMs = defaultExecMilliseconds }: ExecOptions = {},
  ): Promise<ExecResult> {
    if (this.#power === undefined) throw new Error(`${this.name} is off`);
    return this.#power.exec.run(
      script,
      deadlineMs,
      () => `${this.name}: no answer within ${deadlineMs / 1000} s to: ${script}\n${this.#console.tail()}`,
    );
  }

  async boot(): Promise<void> {
    if (this.running()) throw new Error(`${this.name} is on already`);
    this.#console.newBoot();
    const log = join(this.dir, 'qemu.log');
    const execSocket = join(this.#sockets, 'exec');
    const service = await startService({
      name: `qemu of ${this.name}`,
      command: 'qemu-system-x86_64',
      args: qemuArgs({
        name: this.name,
        memoryMiB: this.#options.memoryMiB ?? defaultMemoryMiB,
        kernel: this.#rootfs.kernel,
        initrd: this.#rootfs.initrd,
        disk: this.#disk,
        seed: join(this.dir, 'seed.iso'),
        kernelArguments: this.#options.kernelArguments ?? '',
        clock: this.#options.clock ?? 'utc',
        consoleFile: this.consoleFile,
        execSocket,
        monitorSocket: this.#monitor,
        forwards: this.#options.forwards ?? [],
      }),
      logFile: log,
    });
    try {
      const lines = await SocketLines.connect(execSocket, 10_000);
      this.#power = { service, lines, exec: new GuestExec(lines) };
    } catch (error) {
      await service.stop();
      throw new Error(`QEMU did not start: ${await readFile(log, 'utf8')}`, { cause: error });
    }
  }

  async reboot({ deadlineMs }: Deadline): Promise<void> {
    const bootId = async (milliseconds: number): Promise<string> =>
      (await this.exec('cat /proc/sys/kernel/random/boot_id', { deadlineMs: milliseconds })).stdout;
    const before = await bootId(defaultExecMilliseconds);
    this.#console.newBoot();
    await this.exec('systemctl --no-block reboot');
    // What was asked in between is lost with the old system: ask anew.
    const patience = 5000;
    await poll(
      async () => ((await bootId(patience).catch(() => before)) === before ? undefined : true),
      { deadlineMs },
      () => `${this.name} did not come back from its reboot; the tail:\n${this.#console.tail()}`,
    );
  }

  async powerCut(): Promise<void> {
    const power = this.#power;
    if (power === undefined) return;
    if (power.service.running()) process.kill(power.service.pid, 'SIGKILL');
    await this.#off(10_000);
  }

  async powerOff({ deadlineMs }: Deadline): Promise<void> {
    // Pressed again and again: nobody watches the button before logind is up.
    const press = async (): Promise<void> => {
      if (this.running()) await qmp(this.#monitor, 'system_powerdown').catch(() => {});
    };
    const again = setInterval(() => void press(), 5000);
    await press();
    await this.#off(deadlineMs).finally(() => clearInterval(again));
  }

  async #off(deadlineMs: number): Promise<void> {
    await poll(
      () => Promise.resolve(this.running() ? undefined : true),
      { deadlineMs },
      () => `${this.name} does not end; the tail:\n${this.#console.tail()}`,
    );
    this.#power?.lines.close();
    this.#power = undefined;
  }

  async extractTree(target: string): Promise<void> {
    if (this.running()) throw new Error(`${this.name} must be off for its disk to be read`);
    await extractDisk(this.#disk, target);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.powerCut();
    await rm(this.#sockets, { recursive: true, force: true });
  }
}

function diskOf(baked: BakedDisk | BakedLayer): string {
  if ('disk' in baked) return resolve(baked.disk);
  throw new Error('a layer was baked, and a machine under QEMU wants a disk');
}

/** Makes a machine with a disk of its own and powers it on. Disposing of it cuts its power; its folder stays. */
export async function bootQemu(options: MachineOptions): Promise<Machine> {
  await ensureQemu();
  const rootfs = await buildRootfs(options.release, options.variant);
  // A unix socket's path holds 107 bytes: too few for a folder deep in a checkout.
  const sockets = await mkdtemp(join(tmpdir(), 'flexgen-rig-'));
  const machine = new QemuMachine(options, rootfs, sockets);
  try {
    await machine.prepare();
    await machine.boot();
    return machine;
  } catch (error) {
    await machine[Symbol.asyncDispose]();
    throw error;
  }
}
