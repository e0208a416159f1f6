import type { Cell } from '../cell.ts';
import { during, keepDoing, noMore, now } from './host-moment.ts';

interface Killer {
  readonly step: Cell['step'];
  readonly unit: string;
  readonly verdict: RegExp;
}

const killers: readonly Killer[] = [
  { step: 'runtime', unit: 'containerd', verdict: /FAILED at runtime \(31\): containerd: .*(killed|signal)/ },
  { step: 'registered', unit: 'kubelet', verdict: /FAILED at (registered \(61\)|kubelet \(52\)): / },
];

/** What is killed again and again, so that systemd's own restart does not help. */
export const killerCells: readonly Cell[] = killers.map(({ step, unit, verdict }) => ({
  step,
  fault: `${unit} killed again and again`,
  setting: 'namespaces',
  strike: async (stage, node) =>
    await during(
      stage,
      node,
      step === 'runtime' ? 'artifacts' : 'kubelet',
      keepDoing(`while :; do pkill -KILL -x ${unit}; sleep .05; done`),
    ),
  verdict,
  lift: async (_, node) => await now(node, noMore),
}));
