import { checkFacts } from '../../config/index.ts';
import type { Overrides } from '../../config/load.ts';
import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import { ok, settle } from '../../diagnostics/diagnostic.ts';
import { bindingsFor, sharedGrants } from '../../kubernetes/bindings.ts';
import type { Grants } from '../../kubernetes/bindings.ts';
import { wishOf } from '../../kubernetes/wish.ts';
import type { Wish } from '../../kubernetes/wish.ts';
import { caProblems } from '../certificates.ts';
import type { ClusterTarget } from './connect.ts';
import { subjectOf } from './subject.ts';
import type { Prepared } from './subject.ts';
import { openTarget } from './target.ts';
import type { World } from '../world.ts';

export interface ClusterConfig {
  readonly target: ClusterTarget;
  readonly wish: Wish;
}

/** What an identity is granted; to take it back, nobody has to know who it was. */
async function grantsOf(prepared: Prepared, removes: boolean): Promise<Result<Grants>> {
  const subject = await subjectOf(prepared);
  if (!subject.ok) return subject;
  const { objectId, owner } = subject.value;
  return removes && objectId === null && owner !== null
    ? ok(sharedGrants(owner))
    : bindingsFor(prepared.spec.auth, subject.value);
}

/**
 * What a config says about its cluster; Azure is asked where the cluster is a resource id, or the identity is a machine's.
 * The one who prepares the cluster needs none of the node's secrets: they are used only to ask who a service principal is
 * where the config doesn't say it.
 */
export async function clusterConfig(
  file: string,
  options: Overrides & { readonly removes: boolean },
  world: World,
): Promise<Result<ClusterConfig>> {
  const opened = await openTarget(file, options, world);
  if (!opened.ok) return opened;
  const { config, target } = opened.value;
  const { loaded, located, inputs } = config;
  const { spec } = loaded;
  const { facts, operator } = target;
  const found: Diagnostic[] = [...opened.warnings];
  const secrets = async () => {
    const read = await inputs({ auth: spec.auth });
    return read.problems.length === 0 ? read.texts : null;
  };
  const grants = await grantsOf({ spec, facts, operator, secrets }, options.removes);
  found.push(...(grants.ok ? grants.warnings : grants.errors));
  found.push(...checkFacts(loaded, facts), ...caProblems({ 'cluster.ca': facts.ca }));
  if (!grants.ok) return { ok: false, errors: found.map(located) };
  return settle({ target, wish: wishOf(spec, facts, grants.value) }, found.map(located));
}
