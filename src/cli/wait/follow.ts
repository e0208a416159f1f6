import type { NodeEvent } from '../../kubernetes/join/event.ts';
import { isWarning } from '../../kubernetes/join/event.ts';
import type { Clock } from '../../kubernetes/clock.ts';
import type { Look } from '../../kubernetes/join/look.ts';
import { pulse } from '../../kubernetes/join/pulse.ts';
import type { Pulse } from '../../kubernetes/join/pulse.ts';
import type { Reason } from '../../kubernetes/join/reason.ts';
import { standingOf } from '../../kubernetes/join/stage.ts';
import type { Standing } from '../../kubernetes/join/stage.ts';
import { departure, isReady, patienceWith, placeOf } from './journey.ts';
import type { Journey } from './journey.ts';

/** The cluster that is watched. */
export interface Watched {
  /** null: it did not answer, and may the next time. */
  look(): Promise<Look | null>;
  explain(standing: Standing): Promise<Reason | null>;
}

/** Who hears of what happens. */
export interface Listener {
  stands(journey: Journey, standing: Standing, now: number): Promise<void>;
  hears(event: NodeEvent, now: number): Promise<void>;
  /** A node does not go on, and may yet. */
  wonders(journey: Journey, reason: Reason): Promise<void>;
  /** Before each pause. */
  waits(journeys: readonly Journey[], now: number): void;
}

export interface Followed {
  readonly journeys: readonly Journey[];
  /** What was last heard of each. */
  readonly events: readonly NodeEvent[];
}

/** A pause is three times as long as a look takes, so that a big cluster is not kept busy by who watches it. */
const pauseFor = (took: number): number => Math.max(1000, 3 * took);

/** Follows nodes until each is Ready, or waiting does not help, or the time is over. Throws ClusterRefused. */
export async function follow(
  names: readonly string[],
  watched: Watched,
  { timeout, clock }: { readonly timeout: number; readonly clock: Clock },
  listener: Listener,
): Promise<Followed> {
  const began = clock.now();
  const journeys = names.map((name) => departure(name, began));
  const pulses = new Map<string, Pulse>();
  const heard = new Set<string>();
  let events: readonly NodeEvent[] = [];
  let isFirst = true;

  const hear = async (look: Look): Promise<void> => {
    ({ events } = look);
    for (const event of events) {
      const isNew = !heard.has(event.uid);
      heard.add(event.uid);
      // What is there already may be an hour old.
      if (isNew && !isFirst && isWarning(event)) await listener.hears(event, clock.now());
    }
    isFirst = false;
  };

  const move = async (journey: Journey, look: Look): Promise<void> => {
    const lease = look.leases.get(journey.name);
    if (lease !== undefined) pulses.set(journey.name, pulse(lease, look.now, pulses.get(journey.name)));
    const standing = standingOf(journey.name, look, pulses.get(journey.name) ?? null);
    const before = journey.standing;
    journey.standing = standing;
    if (before !== null && placeOf(before) === placeOf(standing)) return;
    Object.assign(journey, { since: clock.now(), isFresh: true, reason: null });
    await listener.stands(journey, standing, clock.now());
    if (isReady(journey)) journey.ended = clock.now();
  };

  const wonder = async (journey: Journey): Promise<void> => {
    const { standing, since, isFresh } = journey;
    if (standing === null || !isFresh || clock.now() - since < patienceWith(standing)) return;
    journey.isFresh = false;
    journey.reason = await watched.explain(standing);
    if (journey.reason?.lasting === true) journey.ended = clock.now();
    else if (journey.reason !== null) await listener.wonders(journey, journey.reason);
  };

  for (;;) {
    const asked = clock.now();
    const look = await watched.look();
    if (look !== null) {
      await hear(look);
      for (const journey of journeys.filter(({ ended }) => ended === null)) {
        await move(journey, look);
        if (journey.ended === null) await wonder(journey);
      }
    }
    const left = began + timeout - clock.now();
    if (left <= 0 || journeys.every(({ ended }) => ended !== null)) return { journeys, events };
    listener.waits(journeys, clock.now());
    await clock.sleep(Math.min(left, pauseFor(clock.now() - asked)));
  }
}
