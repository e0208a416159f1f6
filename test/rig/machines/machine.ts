import type { Lan } from './lan.ts';

/** What a scenario sees of a machine, whichever way it runs. */

/**
 * `qemu`: a whole virtual machine with its own kernel. `namespaces`: real systemd and cloud-init on the host's kernel,
 * several times faster; no modules, swap, or writes lost to a power cut.
 */
export type Setting = 'qemu' | 'namespaces';

export type Release = 'debian-12' | 'debian-13';

/** `bare` is the same image without jq and gpg, so that a payload must call apt. */
export type Variant = 'full' | 'bare';

/** A machine's disk that others start from: a qcow2. It must stay as it is. */
export interface BakedDisk {
  readonly disk: string;
}

/** What a machine in namespaces wrote over its release's image, for others to write over. */
export interface BakedLayer {
  readonly layer: string;
  /** Its /var/lib/containerd, which is no part of the layer. */
  readonly containerd: string;
}

/** TCP from the host's loopback into the machine. */
export interface PortForward {
  /** An address of 127.0.0.0/8, e.g. `127.9.1.3`. */
  readonly hostAddress: string;
  readonly hostPort: number;
  readonly guestPort: number;
}

/** An interface of a machine beside the one that leads to the rig. */
export interface SecondInterface {
  readonly lan: Lan;
  /** Its own, with the lengths of their networks' prefixes. */
  readonly addresses: readonly string[];
}

export interface MachineOptions {
  /** Host name and instance id. Unique among the machines that run at the same time. */
  readonly name: string;
  readonly release: Release;
  /** Default `full`. */
  readonly variant?: Variant;
  /** What was baked from the release's image, in place of it. */
  readonly baked?: BakedDisk | BakedLayer;
  readonly userData: string | Uint8Array;
  /** A drive that has it, in place of one that the rig makes; QEMU only. */
  readonly drive?: Uint8Array;
  /** What its clock says at power-on, in UTC as `2026-11-30T12:00:00`; QEMU only, default: the host's time. */
  readonly clock?: string;
  /** What the kernel is told beside what every machine's is; QEMU only. */
  readonly kernelArguments?: string;
  /** Default: instance-id and local-hostname from `name`. */
  readonly metaData?: string;
  /** What a provider adds on its own, below the user's data. */
  readonly vendorData?: string;
  readonly forwards?: readonly PortForward[];
  /** Namespaces only. */
  readonly second?: SecondInterface;
  /** A folder of the machine's own: disk, seed, logs. Made where missing. */
  readonly dir: string;
  /** Takes every program that is started there, by strace; namespaces only. */
  readonly trace?: string;
  /** QEMU only; default 3072. */
  readonly memoryMiB?: number;
}

export interface Deadline {
  readonly deadlineMs: number;
}

export interface ExecOptions {
  /** Default 60 s, which includes waiting for a machine that is still booting. */
  readonly deadlineMs?: number;
}

export interface ExecResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Machine extends AsyncDisposable {
  readonly name: string;
  readonly setting: Setting;
  readonly dir: string;
  /** Bytes as the machine wrote them. */
  readonly consoleFile: string;
  running(): boolean;
  /** Everything since the first power-on, without carriage returns and colours. */
  console(): string;
  /**
   * The first match in what the console said since the last power-on or reboot. `^` and `$` need the flag `m`. Fails
   * with the tail of the console at the deadline, or as soon as the machine ends.
   */
  waitForConsole(pattern: RegExp, options: Deadline): Promise<RegExpExecArray>;
  /** Runs a bash script as root, with no part of flexgen between; one at a time. */
  exec(script: string, options?: ExecOptions): Promise<ExecResult>;
  /** Powers on again, on the same disk. The first power-on was done already. */
  boot(): Promise<void>;
  /** The machine's own orderly reboot; resolves when the next boot answers. */
  reboot(options: Deadline): Promise<void>;
  /** Pulls the plug: nothing in the machine gets to run again. */
  powerCut(): Promise<void>;
  /** Presses the power button and waits for the machine to shut itself down. */
  powerOff(options: Deadline): Promise<void>;
  /** Copies the whole file system of a machine that is off into `target`, which must not exist. */
  extractTree(target: string): Promise<void>;
}

/** The meta-data a NoCloud seed needs at least. */
export function defaultMetaData(name: string): string {
  return `instance-id: iid-${name}\nlocal-hostname: ${name}\n`;
}
