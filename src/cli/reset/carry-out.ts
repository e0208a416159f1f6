import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { podTitle } from '../../kubernetes/drain/pods.ts';
import { ClusterRefused } from '../../kubernetes/refused.ts';
import { printDiagnostics } from '../report.ts';
import { liveLine } from '../wait/live-line.ts';
import type { World } from '../world.ts';
import type { Deed } from './deed.ts';
import { emptyAll } from './empty.ts';
import type { Emptying, Reporter } from './empty.ts';
import { keptDeed } from './plan.ts';
import { retained } from './prepare.ts';
import type { Prepared, PrepareOptions } from './prepare.ts';
import { removeIdentities, removeNode, revoke } from './remove.ts';

export interface ResetOptions extends PrepareOptions, Emptying {
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** How a reset ended. */
export interface Done {
  /** The nodes that are out. */
  readonly out: readonly string[];
  /** Those that are cordoned, and not empty. */
  readonly left: readonly string[];
  readonly deeds: readonly Deed[];
}

interface Ended extends Done {
  readonly problems: readonly Diagnostic[];
}

type LeftPods = Awaited<ReturnType<typeof emptyAll>>;

const notEmptied = (left: LeftPods): readonly Diagnostic[] =>
  [...left].flatMap(([name, pods]) =>
    pods.map(({ pod, why }): Diagnostic => ({
      severity: 'error',
      code: 'azure/not-drained',
      message: `${name} still has ${podTitle(pod)}: ${why}`,
      hint: `it stays cordoned, and nothing of it was removed; run it again, or \`kubectl uncordon ${name}\``,
    })),
  );

/** Does it: nodes are emptied, what they sign in with is revoked, then they go. Each run begins where the last one ended. */
async function work(
  prepared: Prepared,
  options: Emptying,
  reporter: Reporter,
): Promise<Omit<Ended, 'deeds'>> {
  const { cluster, names } = prepared;
  const left: LeftPods =
    cluster === null ? new Map() : await emptyAll(cluster.api, cluster.looks, options, reporter);
  const out = names.filter((name) => !left.has(name));
  const now = new Date();
  const taken = await retained(prepared, out, now);
  if (!taken.ok) return { out: [], left: names, problems: [...notEmptied(left), ...taken.errors] };
  const { changes, identities, kept, because } = taken.value;
  if (cluster !== null) {
    // A node that makes every call with its identity would make itself anew.
    await revoke(cluster.api, changes, now, reporter);
    for (const look of cluster.looks) if (!left.has(look.name)) await removeNode(cluster.api, look, reporter);
  }
  const removed = await removeIdentities(identities, reporter);
  for (const identity of kept) await reporter.did(keptDeed(identity, because));
  return {
    out,
    left: [...left.keys()],
    problems: [...notEmptied(left), ...(removed.ok ? [] : removed.errors.map(prepared.target.located))],
  };
}

/** Takes the nodes out; each thing that is done is a line on standard error. Throws ClusterRefused, which says how far it came. */
export async function carryOut(prepared: Prepared, options: ResetOptions, world: World): Promise<Ended> {
  const line = liveLine(world);
  const deeds: Deed[] = [];
  const reporter: Reporter = {
    waits: (text) => line.show(text),
    async warns(problem) {
      await line.hide();
      await printDiagnostics([problem], world);
    },
    async did(deed) {
      deeds.push(deed);
      if (options.json === true) return;
      await line.hide();
      await world.stderr.write(deed.text);
    },
  };
  try {
    return { ...(await work(prepared, options, reporter)), deeds };
  } catch (error) {
    if (!(error instanceof ClusterRefused)) throw error;
    await line.end();
    throw new ClusterRefused(
      error.message,
      `${error.hint}; run it again: it goes on where it ended`,
      error.status,
    );
  } finally {
    await line.end();
  }
}
