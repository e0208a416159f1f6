import type { ApiServer } from '../api-server.ts';
import type { Clock } from '../clock.ts';
import { ClusterRefused, isPassing } from '../refused.ts';
import { tellToEnd } from './evict.ts';
import type { Grace } from './evict.ts';
import { podsOn } from './pods.ts';
import type { NodePod } from './pods.ts';

/** How long a node's pods are waited for. */
export interface Patience {
  /** Milliseconds. */
  readonly timeout: number;
  readonly clock: Clock;
}

/** A pod that is still there, and why. */
export interface LeftPod {
  readonly pod: NodePod;
  readonly why: string;
}

/** Who hears of what happens. */
export interface DrainListener {
  /** It has been told to end. */
  ends(pod: NodePod): Promise<void>;
  /** It may not end now, and may later; said once. */
  resists(left: LeftPod): Promise<void>;
  /** Those that are waited for, before each pause. */
  waits(left: readonly LeftPod[]): void;
}

/** A budget may change with each pod that is up elsewhere. */
const pause = 2000;

/**
 * Ends the pods of a node that can be elsewhere, and waits until they have; returns those that have not. A disruption
 * budget that forbids it now is asked again. Throws ClusterRefused.
 */
export async function drain(
  api: ApiServer,
  node: string,
  { timeout, clock, ...grace }: Grace & Patience,
  listener: DrainListener,
): Promise<readonly LeftPod[]> {
  const end = clock.now() + timeout;
  const told = new Set<string>();
  const resisting = new Set<string>();

  const tell = async (pod: NodePod): Promise<LeftPod> => {
    const isTold = told.has(pod.uid) || (pod.ending && !grace.isDead);
    const why = isTold ? null : await tellToEnd(api, pod, grace);
    if (why !== null) {
      if (!resisting.has(pod.uid)) await listener.resists({ pod, why });
      resisting.add(pod.uid);
      return { pod, why };
    }
    if (!isTold) await listener.ends(pod);
    told.add(pod.uid);
    return { pod, why: 'it has been told to end, and has not' };
  };

  /** null: there was no answer, and may be the next time. */
  const round = async (): Promise<readonly LeftPod[] | null> => {
    const left: LeftPod[] = [];
    try {
      for (const pod of await podsOn(api, node)) if (pod.bound === null) left.push(await tell(pod));
      return left;
    } catch (error) {
      const mayAnswer = error instanceof ClusterRefused && isPassing(error) && clock.now() < end;
      if (mayAnswer) return null;
      throw error;
    }
  };

  for (;;) {
    const left = await round();
    if (left?.length === 0 || (left !== null && clock.now() >= end)) return left;
    listener.waits(left ?? []);
    await clock.sleep(Math.min(pause, Math.max(0, end - clock.now())));
  }
}
