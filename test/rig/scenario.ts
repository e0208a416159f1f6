import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { bootMachine } from './machines/boot.ts';
import { serveDebs } from './machines/debs.ts';
import type { DebServer } from './machines/debs.ts';
import { buildRootfs } from './machines/rootfs.ts';
import type { Machine, MachineOptions, Release, Setting } from './machines/machine.ts';
import type { Identity } from './node-auth.ts';
import { renderUserData } from './node-config.ts';
import type { NodeWish } from './node-config.ts';
import type { Site } from './site.ts';

/** One run of a scenario: on which kind of machine, with which system. */
export interface Run {
  readonly setting: Setting;
  readonly release: Release;
}

/** Something that happens to a machine and must end well. Written once; `runs` says where it makes sense. */
export interface Scenario {
  readonly name: string;
  readonly runs: readonly Run[];
  play(stage: Stage): Promise<void>;
}

/** A machine that was given user-data by flexgen. */
export interface BootedNode {
  readonly machine: Machine;
  readonly nodeName: string;
  /** Of the host's loopback; the kubelet answers there at port 10250. */
  readonly address: string;
  readonly identity: Identity;
  /** How it signs in. */
  readonly auth: NodeWish['auth'];
  /** What its payload is for. */
  readonly image: 'stock' | 'golden';
  readonly userData: string;
  /** Every program that was started on the machine, where strace has looked on. */
  readonly trace: string | undefined;
}

/** What a machine starts from, the release's own image without a word of it; and what else it is plugged into. */
export type StartImage = Pick<
  MachineOptions,
  'variant' | 'baked' | 'second' | 'kernelArguments' | 'clock' | 'trace'
> & {
  /** Is shown the archive of packages of a machine whose image is `bare`, before it is powered on. */
  readonly archive?: (server: DebServer) => void;
  /** In place of the payload, which it may be given later. */
  readonly without?: string;
};

export interface Stage extends Run {
  readonly site: Site;
  /** Logs, configs and disks of this run; kept where the run fails. */
  readonly dir: string;
  /** Seconds a machine may take here for what takes a second on real hardware: everything scales with it. */
  readonly patience: number;
  /** Renders and powers on; the node's name defaults to one that no other run has. */
  boot(wish?: Partial<NodeWish>, image?: StartImage): Promise<BootedNode>;
}

let machines = 0;

/** Of the loopback addresses: the settings are played side by side, and other runs may be on this host. */
const networks = { namespaces: 1, qemu: 2 } as const satisfies Record<Setting, number>;
const ownNetwork = 1 + (process.pid % 250);

const quoted = (word: string): string => `'${word.replaceAll("'", String.raw`'\''`)}'`;

/**
 * What the machine has from its provider, or undefined for nothing; JSON is good enough for YAML. Commands are a hook:
 * a `bootcmd` would be lost to the one of a payload.
 */
function vendorDataOf(commands: readonly (readonly string[])[], apt: object): string | undefined {
  const script = ['#!/bin/sh', ...commands.map((words) => words.map(quoted).join(' ')), ''].join('\n');
  const parts = [
    ...(commands.length === 0 ? [] : [{ type: 'text/cloud-boothook', content: script }]),
    ...(Object.keys(apt).length === 0
      ? []
      : [{ type: 'text/cloud-config', content: `#cloud-config\n${JSON.stringify(apt)}\n` }]),
  ];
  return parts.length === 0 ? undefined : `#cloud-config-archive\n${JSON.stringify(parts)}\n`;
}

/** Sets the stage for one run and takes it down again; what `work` throws is thrown on. */
export async function onStage(
  run: Run,
  site: Site,
  dir: string,
  work: (stage: Stage) => Promise<void>,
): Promise<void> {
  const opened: AsyncDisposable[] = [];
  const aptSource = async (release: Release, show: StartImage['archive']): Promise<object> => {
    const server = await serveDebs((await buildRootfs(release, 'bare')).debs);
    opened.push(server);
    show?.(server);
    return server.cloudConfig;
  };
  await mkdir(dir, { recursive: true });
  const boot: Stage['boot'] = async (wish = {}, { archive, without, ...image } = {}) => {
    const index = ++machines;
    const nodeName = wish.name ?? `${run.setting}-${run.release}-${index}`;
    const hostAddress = `127.${ownNetwork}.${networks[run.setting]}.${index}`;
    const folder = join(dir, nodeName);
    const full: NodeWish = { auth: 'bootstrap-token', ...run, name: nodeName, ...wish };
    const { userData, delivered, identity, bootcmd } = await renderUserData(full, site, folder, index);
    await site.controlPlane.registerNodeAddress(nodeName, hostAddress);
    const apt = image.variant === 'bare' ? await aptSource(run.release, archive) : {};
    const vendorData = vendorDataOf(bootcmd ?? [], apt);
    const machine = await bootMachine(run.setting, {
      name: nodeName,
      release: run.release,
      ...image,
      ...delivered,
      ...(without === undefined ? {} : { userData: without }),
      ...(vendorData === undefined ? {} : { vendorData }),
      forwards: [{ hostAddress, hostPort: 10250, guestPort: 10250 }],
      dir: join(folder, 'machine'),
    });
    opened.push(machine);
    const { auth, image: target = 'stock' } = full;
    return {
      machine,
      nodeName,
      address: hostAddress,
      identity,
      auth,
      image: target,
      userData,
      trace: image.trace,
    };
  };
  try {
    await work({ ...run, site, dir, patience: run.setting === 'qemu' ? 6 : 2, boot });
  } finally {
    await Promise.all(opened.map((it) => it[Symbol.asyncDispose]()));
  }
}
