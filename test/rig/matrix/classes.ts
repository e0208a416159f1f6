import type { Step } from './cell.ts';

/** Faults of one kind, and why it has no cell at some steps: at each of them, or wherever there is none. */
interface FaultClass {
  readonly name: string;
  /** Of the names of its faults. */
  readonly faults: RegExp;
  readonly without: Readonly<Partial<Record<Step, string>>> | string;
}

const offline = {
  runtime: 'containerd starts from what is on the disk',
  kubelet: 'settings are written and kubelet is started: that asks nobody',
} as const;

const notYet = 'nobody has asked for it yet';

const asked = 'it is not asked any more';

/** Every class of faults. */
export const classes: readonly FaultClass[] = [
  {
    name: 'network',
    faults: /^(network|DNS) /,
    without: offline,
  },
  {
    name: 'archive of packages',
    faults: /^archive /,
    without: {
      host: notYet,
      artifacts: asked,
      runtime: asked,
      identity: asked,
      kubelet: asked,
      registered: asked,
      ready: asked,
      scrub: asked,
    },
  },
  {
    name: 'mirror',
    faults: /^mirror /,
    without: {
      host: 'its downloads begin there, and are waited for at artifacts',
      packages: 'its downloads go on beside it, and are waited for at artifacts',
      runtime: offline.runtime,
      identity: asked,
      kubelet: offline.kubelet,
      registered: asked,
      ready: asked,
    },
  },
  {
    name: 'API server',
    faults: /^(API server|cluster CA) /,
    without: {
      host: notYet,
      packages: notYet,
      artifacts: notYet,
      runtime: notYet,
      kubelet: offline.kubelet,
      scrub: 'the node is Ready, and its own kubelet goes on by itself',
    },
  },
  {
    name: 'identity',
    faults: /^(Entra|IMDS|HIMDS|wrong secret|expired secret|the service of Azure Arc)/,
    without: {
      host: notYet,
      packages: notYet,
      artifacts: notYet,
      runtime: notYet,
      kubelet: offline.kubelet,
      ready: 'the node has its certificate',
      scrub: 'the node has its certificate',
    },
  },
  {
    name: 'admission to the cluster',
    faults: /^(certificate request|bootstrap token) /,
    without: {
      host: notYet,
      packages: notYet,
      artifacts: notYet,
      runtime: notYet,
      kubelet: offline.kubelet,
      ready: 'the node has its certificate',
      scrub: 'the node has its certificate',
    },
  },
  {
    name: 'power cut',
    faults: /^power cut/,
    without: 'less is written there than at the steps that are cut',
  },
  {
    name: 'disk',
    faults: /^(disk full|read-only|root file system)/,
    without: 'little or nothing is written there',
  },
  {
    name: 'processes killed',
    faults: /^(SIG|containerd killed|kubelet killed|out of memory)/,
    without: 'the next attempt starts what was killed, as at the steps beside it',
  },
  {
    name: 'clock',
    faults: /^clock /,
    without: 'no certificate is looked at that was not looked at before',
  },
  {
    name: 'the system’s own packages and kernel',
    faults: /^(apt lock|dpkg|kernel modules|sysctl|swap)/,
    without: 'nothing of it is used',
  },
];

/** The classes that a fault is of: one, if all is well. */
export const classesOf = (fault: string): readonly FaultClass[] =>
  classes.filter(({ faults }) => faults.test(fault));

/** Why the class has no cell at this step; undefined where it gives no reason. */
export const reasonOf = ({ without }: FaultClass, step: Step): string | undefined =>
  typeof without === 'string' ? without : without[step];
