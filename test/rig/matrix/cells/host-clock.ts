import type { NodeWish } from '../../node-config.ts';
import type { Cell } from '../cell.ts';
import { now } from './host-moment.ts';

interface Skew {
  readonly fault: string;
  readonly days: number;
  readonly auth: NodeWish['auth'];
  readonly step: Cell['step'];
  readonly verdict: RegExp;
}

const skews: readonly Skew[] = [
  {
    fault: 'clock a day behind',
    days: -1,
    auth: 'bootstrap-token',
    step: 'artifacts',
    verdict: /FAILED at artifacts \(22\): .*certificate is not yet valid.*; the clock is off by -8\d{4} s — /,
  },
  {
    fault: 'clock a day ahead',
    days: 1,
    auth: 'certificate',
    step: 'identity',
    verdict: /FAILED at identity \(41\): no token: AADSTS700024: .*; the clock is off by 8\d{4} s — /,
  },
];

const at = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, 19);
const day = 86_400_000;

/** The machine's clock is wrong from power-on, until its time service has found the time. */
export const clockCells: readonly Cell[] = skews.map(({ fault, days, auth, step, verdict }) => ({
  step,
  fault,
  setting: 'qemu',
  wish: { auth },
  // Read at power-on; what lies between is seconds.
  get image() {
    return { clock: at(Date.now() + days * day) };
  },
  verdict,
  lift: async (_, node) => await now(node, `date -us ${at(Date.now())}`),
}));
