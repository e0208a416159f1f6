import { steps } from '../cell.ts';
import type { Cell, Step } from '../cell.ts';
import { during } from './host-moment.ts';

/** Without a kernel of its own a machine loses no writes, but it loses everything that runs, and all of /run. */
const cut = (step: Step): Cell => ({
  step,
  fault: 'power cut',
  setting: 'namespaces',
  image: step === 'packages' ? { variant: 'bare' } : {},
  strike: async (stage, node) => {
    await during(stage, node, step, ':');
    await node.machine.powerCut();
  },
  verdict: null,
  lift: async (_, { machine }) => await machine.boot(),
});

/**
 * What a step, or what it started, has written and not yet brought to the disk. Not flexgen-node: cloud-init wrote it, and
 * `host` has brought that to the disk.
 */
const unwritten = [
  '/var/lib/flexgen/status.json',
  '/var/lib/flexgen/cache/*',
  '/var/lib/kubelet/{config.yaml,kubelet.env,bootstrap-kubeconfig,kubeconfig,pki/*.pem,*_state}',
  '/usr/local/bin/[!f]*',
  '/usr/local/sbin/runc',
  '/opt/cni/bin/*',
  '/etc/cni/net.d/*',
].join(' ');

/** As a file system with delayed allocation leaves such files: empty, or as long as they were and all zeros. */
const torn = (left: string, size: string): Cell => ({
  step: 'registered',
  fault: `power cut that leaves ${left}`,
  setting: 'namespaces',
  strike: async (stage, node) => {
    const tear = `size=${size} && rm $file && truncate -s $size $file`;
    await during(
      stage,
      node,
      'registered',
      `for file in ${unwritten}; do [[ -f $file ]] && ${tear}; done; sync`,
    );
    await node.machine.powerCut();
  },
  verdict: null,
  lift: async (_, { machine }) => await machine.boot(),
});

/** All of them, one after the other, on one machine whose kernel and disk lose what was not yet written. */
const cutInTurn: Cell = {
  step: 'scrub',
  fault: 'power cut at this step, after one at each step before',
  setting: 'qemu',
  strike: async (stage, node) => {
    // Nothing is to be installed, so that `packages` is over before anybody could see it.
    for (const step of steps.filter((it) => it !== 'packages')) {
      await during(stage, node, step, ':');
      await node.machine.powerCut();
      if (step !== 'scrub') await node.machine.boot();
    }
  },
  verdict: null,
  lift: async (_, { machine }) => await machine.boot(),
};

/** The plug is pulled. */
export const powerCells: readonly Cell[] = [
  ...steps.map(cut),
  torn('empty files', '0'),
  torn('files of zeros', '$(stat -c %s $file)'),
  cutInTurn,
];
