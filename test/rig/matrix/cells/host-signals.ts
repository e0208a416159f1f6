import type { Cell, Step } from '../cell.ts';
import { steps } from '../cell.ts';
import { during } from './host-moment.ts';

/** A signal to the join itself, at each step. Who asks systemd to stop it is heard: that is no fault. */
const signalled = (signal: 'TERM' | 'KILL', step: Step): Cell => ({
  step,
  fault: `SIG${signal} of flexgen's unit`,
  setting: 'namespaces',
  // With nothing to install the step would be over at once.
  image: step === 'packages' ? { variant: 'bare' } : {},
  strike: async (stage, node) => await during(stage, node, step, `kill -${signal} $pid`),
  verdict: new RegExp(String.raw`FAILED at ${step} \(9\): killed by SIG${signal} — `),
  lift: async () => undefined,
});

const killed = (step: Step, unit: string): Cell => ({
  step,
  fault: `${unit} killed`,
  setting: 'namespaces',
  strike: async (stage, node) =>
    await during(
      stage,
      node,
      step,
      `until pid=$(systemctl show -P MainPID ${unit}) && ((pid)); do sleep .02; done; kill -KILL $pid`,
    ),
  verdict: null,
  lift: async () => undefined,
});

/** What is ended by force on the machine. */
export const signalCells: readonly Cell[] = [
  ...(['TERM', 'KILL'] as const).flatMap((signal) => steps.map((step) => signalled(signal, step))),
  killed('ready', 'containerd'),
  killed('registered', 'kubelet'),
  killed('ready', 'kubelet'),
];
