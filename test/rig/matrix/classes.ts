import type { Step } from './cell.ts';

/** Faults of one kind, and why it has no cell at some steps. */
interface FaultClass {
  readonly name: string;
  /** Of the names of its faults. */
  readonly faults: RegExp;
  readonly without: Readonly<Partial<Record<Step, string>>>;
}

const offline = {
  runtime: 'containerd starts from what is on the disk',
  kubelet: 'settings are written and kubelet is started: that asks nobody',
} as const;

const notYet = 'nobody has asked for it yet';

const asked = 'it is not asked any more';

const elsewhere = 'it does the same at any step at which something is written';

const early = 'the kernel is not looked at any more, or not yet';

/** Of what only `packages` has to do with. */
const besidePackages = {
  host: notYet,
  artifacts: asked,
  runtime: asked,
  identity: asked,
  kubelet: asked,
  registered: asked,
  ready: asked,
  scrub: asked,
} as const;

/** Of what only `identity` and `registered` have to do with. */
const besideIdentity = {
  host: notYet,
  packages: notYet,
  artifacts: notYet,
  runtime: notYet,
  kubelet: offline.kubelet,
  ready: 'the node has its certificate',
  scrub: 'the node has its certificate',
} as const;

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
    without: besidePackages,
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
    without: besideIdentity,
  },
  {
    name: 'admission to the cluster',
    faults: /^(certificate request|bootstrap token) /,
    without: besideIdentity,
  },
  { name: 'signal to the join', faults: /^SIG/, without: {} },
  { name: 'power', faults: /^power cut/, without: {} },
  {
    name: 'disk',
    faults: /^(disk full|read-only|root file system)/,
    without: {
      packages: elsewhere,
      identity: elsewhere,
      kubelet: elsewhere,
      registered: elsewhere,
      ready: elsewhere,
      scrub: elsewhere,
    },
  },
  {
    name: 'lock of apt or dpkg',
    faults: /^(apt lock|dpkg)/,
    without: besidePackages,
  },
  {
    name: 'kernel',
    faults: /^(kernel modules|sysctl|swap)/,
    without: {
      packages: early,
      artifacts: early,
      runtime: early,
      identity: early,
      registered: 'kubelet looks at it as it starts, and is waited for here',
      ready: early,
      scrub: early,
    },
  },
  {
    name: 'daemon',
    faults: /^(containerd|kubelet) killed/,
    without: {
      host: 'neither is there',
      packages: 'neither is there',
      artifacts: 'neither is there',
      identity: 'nobody needs them',
      kubelet: 'it is over as soon as kubelet is started',
      scrub: 'systemd starts them again, and nobody waits for it',
    },
  },
  {
    name: 'clock',
    faults: /^clock /,
    without: {
      host: 'nobody is asked',
      packages: 'apt looks at no certificate of a plain archive',
      runtime: offline.runtime,
      kubelet: offline.kubelet,
      registered: 'it would have shown at identity',
      ready: 'it would have shown at identity',
      scrub: 'the node is Ready',
    },
  },
  {
    name: 'memory',
    faults: /^out of memory/,
    without: Object.fromEntries(
      (
        ['packages', 'artifacts', 'runtime', 'identity', 'kubelet', 'registered', 'ready', 'scrub'] as const
      ).map((step) => [step, 'the limit is there from the start, and ends the first step']),
    ),
  },
];

/** The classes that a fault is of: one, if all is well. */
export const classesOf = (fault: string): readonly FaultClass[] =>
  classes.filter(({ faults }) => faults.test(fault));
