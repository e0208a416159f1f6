import type { Cell } from '../cell.ts';
import { before, during, now } from './host-moment.ts';

interface Full {
  readonly step: Cell['step'];
  readonly folder: string;
  readonly size: string;
  /** What cloud-init writes there has its place; then there is none. */
  readonly filled?: true;
  readonly verdict: RegExp;
}

const fulls: readonly Full[] = [
  {
    step: 'host',
    folder: '/var/lib/flexgen',
    size: '64k',
    filled: true,
    verdict: /FAILED at host \(10\): .*; \/var\/lib\/flexgen is full — /,
  },
  {
    // Room for flexgen's own notes, and for no download.
    step: 'artifacts',
    folder: '/var/lib/flexgen',
    size: '256k',
    verdict: /FAILED at artifacts \(2\d\): .*; \/var\/lib\/flexgen is full — /,
  },
  {
    step: 'artifacts',
    folder: '/usr/local',
    size: '1m',
    verdict: /FAILED at artifacts \(23\): containerd: can't be put in \/usr\/local; \/usr\/local is full — /,
  },
  {
    step: 'runtime',
    folder: '/var/lib/containerd',
    size: '4k',
    // Where it starts without its CRI, kubelet is who misses that.
    verdict:
      /FAILED at (?:runtime \(31\): containerd: .*no space left|registered \(61\): .*; \/var\/lib\/containerd is full)/,
  },
];

/** Fills a folder to the last byte before flexgen begins for the first time. */
const fill = (folder: string): string => {
  const dropIn = '/etc/systemd/system/flexgen.service.d';
  const once = `[ -e /run/filled ] || { touch /run/filled; cat /dev/zero >${folder}/fill; }`;
  return `mkdir -p ${dropIn}; printf '[Service]\\nExecStartPre=-/bin/sh -c "${once}"\\n' >${dropIn}/fill.conf`;
};

/** A disk of this folder's own that takes no more from the start, and later does. */
const full = ({ step, folder, size, filled, verdict }: Full): Cell => ({
  step,
  fault: `disk full: ${folder}`,
  setting: 'namespaces',
  wish: before(
    `mkdir -p ${folder}; mount -t tmpfs -o mode=755,size=${size} tmpfs ${folder}${filled ? `; ${fill(folder)}` : ''}`,
  ),
  verdict,
  lift: async (_, node) => await now(node, `mount -o remount,size=2g ${folder}`),
});

const readOnly: Cell = {
  step: 'artifacts',
  fault: 'read-only /usr/local',
  setting: 'namespaces',
  wish: before('mount --bind /usr/local /usr/local'),
  strike: async (stage, node) =>
    await during(stage, node, 'artifacts', 'mount -o remount,bind,ro /usr/local'),
  verdict: /FAILED at artifacts \(23\): \S+: can't be put in \/\S+; \/usr\/local is read-only — /,
  lift: async (_, node) => await now(node, 'mount -o remount,bind,rw /usr/local'),
};

/** Disks that take nothing. */
export const diskCells: readonly Cell[] = [...fulls.map(full), readOnly];
