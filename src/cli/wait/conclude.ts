import { silence } from '../../kubernetes/join/absence.ts';
import { flaws } from '../../kubernetes/join/explain.ts';
import type { Reason } from '../../kubernetes/join/reason.ts';
import type { WatchedCluster } from './cluster.ts';
import { isReady } from './journey.ts';
import type { Journey } from './journey.ts';

/** What is wrong with each node, once nobody waits any longer. */
export interface Conclusion {
  /** Of those that are not Ready. */
  readonly reasons: ReadonlyMap<Journey, Reason>;
  /** What else is wrong, of whatever nodes are there. */
  readonly flaws: ReadonlyMap<Journey, readonly Reason[]>;
}

/** Asks once more why the nodes that are not Ready stand where they do. Throws ClusterRefused. */
export async function conclude(journeys: readonly Journey[], cluster: WatchedCluster): Promise<Conclusion> {
  const open = journeys.filter((journey) => journey.ended === null);
  const trouble = cluster.trouble();
  // How it stands now, nobody knows.
  if (open.length > 0 && trouble !== null) throw trouble;
  const reasons = new Map<Journey, Reason>();
  for (const journey of journeys) {
    const { standing, reason, ended } = journey;
    if (standing === null || isReady(journey)) continue;
    const why = ended === null ? await cluster.explain(standing) : reason;
    reasons.set(journey, why ?? silence(standing));
  }
  const known = cluster.background();
  const found = journeys.map(
    (journey) => [journey, journey.standing === null ? [] : flaws(journey.standing, known)] as const,
  );
  return { reasons, flaws: new Map(found) };
}
