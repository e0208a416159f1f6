import type { Reason } from '../../kubernetes/join/reason.ts';
import type { Stage, Standing } from '../../kubernetes/join/stage.ts';
import { readyOf } from '../../kubernetes/join/node.ts';

/** One node on its way, as it has been watched so far. */
export interface Journey {
  readonly name: string;
  /** null before the first look. */
  standing: Standing | null;
  /** Since when it stands there, by the watcher's clock. */
  since: number;
  /** Nobody has asked yet why it stands there. */
  isFresh: boolean;
  reason: Reason | null;
  /** It is Ready, or waiting does not help; when, by the watcher's clock. */
  ended: number | null;
}

export const departure = (name: string, now: number): Journey => ({
  name,
  standing: null,
  since: now,
  isFresh: true,
  reason: null,
  ended: null,
});

export const isReady = ({ standing }: Journey): boolean => standing?.stage === 'done';

/** How long a stage may last before somebody wonders, in seconds; an image takes its time to boot. */
const usual = {
  request: 20,
  approval: 10,
  signature: 10,
  registration: 20,
  ready: 30,
  heartbeat: 20,
  done: 0,
} as const satisfies Record<Stage, number>;

/** For how many milliseconds nobody asks why a node stands where it does. */
export function patienceWith({ stage, request }: Standing): number {
  const isDecided = request?.state === 'denied' || request?.state === 'failed';
  return isDecided ? 0 : usual[stage] * 1000;
}

/** What makes two standings the same place: a message may change with each look, and who is not approved asks again. */
export function placeOf({ stage, request, node }: Standing): string {
  const ready = node === null ? undefined : readyOf(node);
  return JSON.stringify([stage, request?.state, ready?.status, ready?.reason]);
}
