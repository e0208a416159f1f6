import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { ApiServer } from '../../kubernetes/api-server.ts';
import { drain } from '../../kubernetes/drain/drain.ts';
import type { LeftPod } from '../../kubernetes/drain/drain.ts';
import { cordon } from '../../kubernetes/drain/node.ts';
import { podTitle } from '../../kubernetes/drain/pods.ts';
import { atMost, parallel } from '../at-most.ts';
import { clock } from '../clock.ts';
import { cordonDeed, emptyingDeeds } from './look.ts';
import type { NodeLook } from './look.ts';
import type { Deed } from './deed.ts';
import { podDeed } from './deed.ts';
import { visible } from '../text-width.ts';

/** How nodes are emptied. */
export interface Emptying {
  /** Milliseconds, for each node. */
  readonly timeout: number;
  readonly gracePeriod: number | null;
}

/** Who hears of what is done. */
export interface Reporter {
  readonly did: (deed: Deed) => Promise<void>;
  warns(problem: Diagnostic): Promise<void>;
  /** What is waited for now. */
  waits(text: string): void;
}

function nowWaiting(name: string, left: readonly LeftPod[]): string {
  const [first] = left;
  if (first === undefined) return `${name}: the API server does not answer`;
  const count = left.length === 1 ? '1 pod is' : `${left.length} pods are`;
  return `${name}: ${count} left; ${visible(`${podTitle(first.pod)}: ${first.why}`)}`;
}

const resistance = (name: string, { pod, why }: LeftPod): Diagnostic => ({
  severity: 'warning',
  code: 'reset/resists',
  message: `${name} waits for ${podTitle(pod)}: ${why}`,
});

async function empty(
  api: ApiServer,
  look: NodeLook,
  { timeout, gracePeriod }: Emptying,
  reporter: Reporter,
): Promise<readonly LeftPod[]> {
  const { name, node } = look;
  if (node === null) return [];
  for (const bound of emptyingDeeds(look).filter(({ action }) => action === 'keep'))
    await reporter.did(bound);
  return await drain(
    api,
    name,
    { timeout, gracePeriod, isDead: !node.isReady, clock },
    {
      ends: (pod) => reporter.did(podDeed(pod)),
      resists: (left) => reporter.warns(resistance(name, left)),
      waits: (left) => reporter.waits(nowWaiting(name, left)),
    },
  );
}

/**
 * Empties nodes; returns what is left on each that could not be. All are cordoned before the first pod goes: it shall not
 * go from one to the next. Throws ClusterRefused.
 */
export async function emptyAll(
  api: ApiServer,
  looks: readonly NodeLook[],
  emptying: Emptying,
  reporter: Reporter,
): Promise<ReadonlyMap<string, readonly LeftPod[]>> {
  for (const look of looks) {
    if (look.node === null || look.node.isCordoned) continue;
    await cordon(api, look.node);
    await reporter.did(cordonDeed(look));
  }
  const left = await atMost(
    parallel,
    looks,
    async (look) => [look.name, await empty(api, look, emptying, reporter)] as const,
  );
  return new Map(left.filter(([, pods]) => pods.length > 0));
}
