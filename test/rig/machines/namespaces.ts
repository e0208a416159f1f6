import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { run } from '../services/run.ts';
import { Console, poll } from './console.ts';
import type { Deadline, ExecOptions, ExecResult, Machine, MachineOptions } from './machine.ts';
import { namespaceExec } from './namespace-exec.ts';
import { prepareHost, writeUpperLayer } from './namespace-files.ts';
import { powerOn } from './namespace-power.ts';
import type { Power } from './namespace-power.ts';
import { buildRootfs } from './rootfs.ts';
import type { Rootfs } from './rootfs.ts';

const endMilliseconds = 20_000;

/** systemd takes SIGRTMIN+4 for the power button; SIGRTMIN is 34 to glibc. */
const powerOffSignal = 38;

class NamespaceMachine implements Machine {
  readonly setting = 'namespaces';
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

  /** The layers below its own, the uppermost first. */
  get #lower(): readonly string[] {
    const { baked } = this.#options;
    return baked !== undefined && 'layer' in baked ? [baked.layer, this.#rootfs.tree] : [this.#rootfs.tree];
  }

  async prepare(): Promise<void> {
    for (const name of ['upper', 'work', 'root', 'containerd']) {
      await mkdir(join(this.dir, name), { recursive: true });
    }
    const { baked } = this.#options;
    if (baked !== undefined) {
      if ('disk' in baked) throw new Error('a disk was baked, and a machine in namespaces wants a layer');
      await run('cp', ['-a', `${baked.containerd}/.`, join(this.dir, 'containerd')]);
    }
    await writeUpperLayer(join(this.dir, 'upper'), this.#options);
    await prepareHost();
  }

  running(): boolean {
    return this.#power?.running() ?? false;
  }

  console(): string {
    return this.#console.text();
  }

  async waitForConsole(pattern: RegExp, deadline: Deadline): Promise<RegExpExecArray> {
    return this.#console.waitFor(pattern, deadline, this);
  }

  async exec(script: string, options: ExecOptions = {}): Promise<ExecResult> {
    if (this.#power === undefined) throw new Error(`${this.name} is off`);
    return namespaceExec(this.#power.pid, script, options, () => `${this.name}\n${this.#console.tail()}`);
  }

  async boot(): Promise<void> {
    if (this.running()) throw new Error(`${this.name} is on already`);
    await this.#tidy();
    this.#console.newBoot();
    this.#power = await powerOn({
      name: this.name,
      dir: this.dir,
      lower: this.#lower,
      sockets: this.#sockets,
      consoleFile: this.consoleFile,
      forwards: this.#options.forwards ?? [],
      lan: this.#options.second?.lan,
      trace: this.#options.trace,
      tail: () => this.#console.tail(),
    });
  }

  async reboot({ deadlineMs }: Deadline): Promise<void> {
    await this.exec('systemctl --no-block reboot');
    await this.#off(deadlineMs);
    await this.boot();
  }

  async powerCut(): Promise<void> {
    const power = this.#power;
    if (power === undefined) return;
    if (power.running()) process.kill(power.pid, 'SIGKILL');
    await this.#off(endMilliseconds);
  }

  async powerOff({ deadlineMs }: Deadline): Promise<void> {
    if (this.#power === undefined) return;
    process.kill(this.#power.pid, powerOffSignal);
    await this.#off(deadlineMs);
  }

  async #off(deadlineMs: number): Promise<void> {
    await poll(
      () => Promise.resolve(this.running() ? undefined : true),
      { deadlineMs },
      () => `${this.name} does not end; the tail:\n${this.#console.tail()}`,
    );
    await this.#tidy();
  }

  /** Ends what a machine that is off leaves on the host. */
  async #tidy(): Promise<void> {
    const power = this.#power;
    this.#power = undefined;
    await power?.tidy();
  }

  async extractTree(target: string): Promise<void> {
    if (this.running()) throw new Error(`${this.name} must be off for its files to be read`);
    await mkdir(target);
    const layers = [join(this.dir, 'upper'), ...this.#lower].join(':');
    const mountAndCopy = [
      'mount --make-rprivate /',
      'mount -t overlay -o "ro,lowerdir=$1" overlay "$2/root"',
      'mount --bind "$2/containerd" "$2/root/var/lib/containerd"',
      'cp -a "$2/root/." "$3"',
    ].join(' && ');
    await run('unshare', ['--mount', 'sh', '-c', mountAndCopy, 'sh', layers, this.dir, resolve(target)]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.powerCut();
    await rm(this.#sockets, { recursive: true, force: true });
  }
}

/** Makes a machine of namespaces over the image's tree and powers it on. Disposing of it cuts its power. */
export async function bootNamespace(options: MachineOptions): Promise<Machine> {
  const rootfs = await buildRootfs(options.release, options.variant);
  const sockets = await mkdtemp(join(tmpdir(), 'flexgen-rig-'));
  const machine = new NamespaceMachine(options, rootfs, sockets);
  try {
    await machine.prepare();
    await machine.boot();
    return machine;
  } catch (error) {
    await machine[Symbol.asyncDispose]();
    throw error;
  }
}
