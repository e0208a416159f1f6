import type { Cell } from '../cell.ts';
import type { Mirror } from '../../services/mirror.ts';

interface MirrorFault {
  readonly fault: string;
  readonly bring: (mirror: Mirror, path: string) => void;
  /** What the verdict says of the file. */
  readonly says: RegExp;
}

const faults: readonly MirrorFault[] = [
  {
    fault: 'mirror has another file',
    bring: (mirror, path) => mirror.corrupt(path),
    says: /expected sha256 [0-9a-f]{64}, got [0-9a-f]{64} from https:\S+/,
  },
];

/** While the machine downloads what it needs, one file of the mirror is not what it should be. */
export const mirrorCells: readonly Cell[] = faults.map(({ fault, bring, says }) => ({
  step: 'artifacts',
  fault,
  setting: 'namespaces',
  prepare: async ({ site }) => bring(site.mirror, site.artifacts.path('kubelet')),
  verdict: new RegExp(String.raw`FAILED at artifacts \(2[12]\): kubelet: ${says.source}`),
  lift: async ({ site }) => site.mirror.repair(),
}));
