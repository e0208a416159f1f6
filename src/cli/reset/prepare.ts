import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import { ok, settle } from '../../diagnostics/diagnostic.ts';
import type { ApiServer } from '../../kubernetes/api-server.ts';
import type { Change } from '../../kubernetes/diff.ts';
import { caProblems } from '../certificates.ts';
import { connectCluster } from '../cluster/connect.ts';
import type { ClusterTarget, ConnectOptions } from '../cluster/connect.ts';
import { removableFor } from '../cluster/removal.ts';
import { renewing } from '../cluster/renewing.ts';
import { targetOf } from '../cluster/target.ts';
import type { FleetFiles } from '../fleet/read-fleet.ts';
import { bearing } from '../identity/removal.ts';
import type { World } from '../world.ts';
import { leavingIdentities } from './identities.ts';
import type { LeavingIdentity } from './identities.ts';
import { lookAtNodes } from './look.ts';
import type { NodeLook } from './look.ts';
import type { LeavingNodes } from './nodes.ts';
import {
  changePermissions,
  lossWarnings,
  nodePermissions,
  nodeRefusals,
  permissionRefusals,
} from './refusals.ts';
import { isKept, takenBack, whoStays } from './staying.ts';
import type { Surroundings } from './staying.ts';

export interface PrepareOptions extends ConnectOptions, FleetFiles {
  readonly force?: boolean;
}

/** The cluster that nodes leave, with what it has of them. */
interface ReachedCluster {
  readonly api: ApiServer;
  readonly looks: readonly NodeLook[];
}

/** Everything that a reset touches, as it was found. */
export interface Prepared {
  readonly names: readonly string[];
  readonly target: ClusterTarget;
  /** null: it is stopped, deleted or broken; `isGone` says whether anything of it is left. */
  readonly cluster: ReachedCluster | null;
  readonly isGone: boolean;
  readonly identities: readonly LeavingIdentity[];
  readonly surroundings: Surroundings;
}

/** What is taken back once these nodes are out. */
export interface Retained {
  readonly changes: readonly Change[];
  readonly identities: readonly LeavingIdentity[];
  /** Those of whom something stays, because of whom. */
  readonly kept: readonly LeavingIdentity[];
  readonly because: string | null;
}

/** What can be taken back once these nodes are out. Only reads. Throws ClusterRefused. */
export async function retained(
  { cluster, identities, surroundings }: Prepared,
  out: readonly string[],
  now: Date,
): Promise<Result<Retained>> {
  const staying = whoStays(surroundings, out);
  const ours = identities.filter(({ name, isOwn }) => !isOwn || out.includes(name));
  const kept = out.length === 0 ? [] : ours.filter((identity) => isKept(identity, staying));
  const wishes = ours.map((identity) => takenBack(identity, staying));
  const changes =
    cluster === null || out.length === 0
      ? ok([])
      : await removableFor(cluster.api, wishes, { now, nodesStay: staying.nodes !== null });
  if (!changes.ok) return changes;
  const gone = out.length === 0 ? [] : ours.filter((identity) => !kept.includes(identity));
  return ok({ changes: changes.value, identities: gone, kept, because: staying.nodes }, changes.warnings);
}

async function reach(
  target: ClusterTarget,
  names: readonly string[],
  options: PrepareOptions,
  world: World,
): Promise<Result<ReachedCluster & { readonly foreign: readonly string[] }>> {
  const unusable = caProblems({ 'cluster.ca': target.facts.ca });
  if (unusable.length > 0) return { ok: false, errors: unusable.map(target.located) };
  const open = () => connectCluster(target, options, world);
  const opened = await open();
  if (!opened.ok) return opened;
  const api = renewing(opened.value, open);
  const force = options.force === true;
  const lacked = await permissionRefusals(api, nodePermissions(force));
  if (lacked.length > 0) return { ok: false, errors: [...opened.warnings, ...lacked] };
  const { nodes, foreign } = await lookAtNodes(api, names);
  const found = [
    ...opened.warnings,
    ...nodes.flatMap(lossWarnings),
    ...nodes.flatMap((node) => nodeRefusals(node, { force })),
  ];
  return settle({ api, looks: nodes, foreign }, found);
}

/**
 * Looks at everything that taking these nodes out touches, so that nothing is done where something can't be. Only reads.
 * Throws ClusterRefused.
 */
export async function prepare(
  { leaving, config, configured, isOpen }: LeavingNodes,
  options: PrepareOptions,
  world: World,
): Promise<Result<Prepared>> {
  const names = leaving.map(({ name }) => name);
  const opened = await targetOf(config, options, world, bearing);
  if (!opened.ok) return opened;
  const target = opened.value;
  const warnings: Diagnostic[] = [...opened.warnings];
  // The id of a cluster that can't be asked says no address.
  const isThere = target.facts.server !== '';
  const cluster = isThere ? await reach(target, names, options, world) : ok(null);
  if (!cluster.ok) return { ok: false, errors: [...warnings, ...cluster.errors] };
  warnings.push(...cluster.warnings);
  const identities = await leavingIdentities(leaving, target, options, world);
  if (!identities.ok) return { ok: false, errors: [...warnings, ...identities.errors] };
  warnings.push(...identities.warnings);
  const isGone = !isThere && warnings.some(({ code }) => code === 'azure/missing');
  const foreign = cluster.value?.foreign ?? (isGone ? [] : null);
  const prepared = {
    names,
    target,
    cluster: cluster.value,
    isGone,
    identities: identities.value,
    surroundings: { configured, isOpen, foreign },
  };
  return ok(prepared, warnings);
}

/** Each right that is lacking to take this back. Throws ClusterRefused. */
export const lackingFor = async ({ cluster }: Prepared, { changes }: Retained): Promise<Diagnostic[]> =>
  cluster === null ? [] : permissionRefusals(cluster.api, changePermissions(changes));
