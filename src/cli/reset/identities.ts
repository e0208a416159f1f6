import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import { ok } from '../../diagnostics/diagnostic.ts';
import { bindingsFor, sharedGrants } from '../../kubernetes/bindings.ts';
import type { Grants } from '../../kubernetes/bindings.ts';
import { wishOf } from '../../kubernetes/wish.ts';
import type { Wish } from '../../kubernetes/wish.ts';
import type { NodeSpec } from '../../node/index.ts';
import { atMost, parallel } from '../at-most.ts';
import type { ClusterTarget } from '../cluster/connect.ts';
import { bindingMarks } from '../cluster/subject.ts';
import { identityContext, inspect } from '../identity/index.ts';
import type { Inspection } from '../identity/mode.ts';
import type { Texts } from '../open-config.ts';
import type { World } from '../world.ts';
import type { Leaving } from './nodes.ts';

/** Who a node is, in Azure, here and to the cluster. */
export interface LeavingIdentity {
  readonly name: string;
  readonly spec: NodeSpec;
  readonly inspection: Inspection;
  /** What was made for it in the cluster. */
  readonly wish: Wish;
  /** No other node signs in as it. */
  readonly isOwn: boolean;
}

const asWarning = (problem: Diagnostic): Diagnostic => ({ ...problem, severity: 'warning' });

/** What it signs in with, where that says who it is; of one that the config knows, nothing has to be here any more. */
async function proofOf({ config }: Leaving): Promise<Result<Texts>> {
  const { auth } = config.loaded.spec;
  if (auth.mode !== 'service-principal') return ok(new Map());
  const { texts, problems } = await config.inputs({ auth });
  return problems.length === 0 || auth.objectId !== null ? ok(texts) : { ok: false, errors: problems };
}

/** What it was granted, as far as anybody knows who it was. */
function grantsOf(spec: NodeSpec, objectId: string | null, target: ClusterTarget): Result<Grants> {
  const marks = bindingMarks({ spec, facts: target.facts });
  if (objectId === null && marks.owner !== null) return ok(sharedGrants(marks.owner));
  const grants = bindingsFor(spec.auth, { objectId, ...marks });
  return grants.ok ? grants : ok(sharedGrants(null), grants.errors.map(asWarning));
}

async function lookUp(
  leaving: Leaving,
  target: ClusterTarget,
  { config }: { readonly config: string },
  world: World,
): Promise<Result<LeavingIdentity>> {
  const { name } = leaving;
  const { spec } = leaving.config.loaded;
  const texts = await proofOf(leaving);
  if (!texts.ok) return texts;
  const known = { ...target, spec, texts: texts.value };
  const found = await inspect(identityContext(known, { config, removes: true }, world));
  if (!found.ok) return found;
  const grants = grantsOf(spec, found.value.objectId, target);
  if (!grants.ok) return grants;
  const wish = wishOf(spec, target.facts, grants.value);
  const isOwn = spec.auth.mode === 'arc' || spec.auth.mode === 'bootstrap-token';
  return ok({ name, spec, inspection: found.value, wish, isOwn }, [...found.warnings, ...grants.warnings]);
}

/**
 * Looks up who the nodes are; of an identity that they share, only once. Changes nothing. Returns every problem at once.
 */
export async function leavingIdentities(
  leaving: readonly Leaving[],
  target: ClusterTarget,
  options: { readonly config: string },
  world: World,
): Promise<Result<readonly LeavingIdentity[]>> {
  const seen = new Set<string>();
  const distinct = leaving.filter(({ config }) => {
    const { auth } = config.loaded.spec;
    const key = JSON.stringify(auth);
    const isKnown = auth.mode !== 'arc' && auth.mode !== 'bootstrap-token' && seen.has(key);
    seen.add(key);
    return !isKnown;
  });
  const found = await atMost(parallel, distinct, async (node) => {
    const result = await lookUp(node, target, options, world);
    const { located } = node.config;
    return result.ok
      ? ok(result.value, result.warnings.map(located))
      : ({ ok: false, errors: result.errors.map(located) } as const);
  });
  const errors = found.flatMap((result) => (result.ok ? [] : result.errors));
  if (errors.length > 0) return { ok: false, errors };
  const identities = found.flatMap((result) => (result.ok ? [result.value] : []));
  return ok(
    identities,
    found.flatMap((result) => (result.ok ? result.warnings : [])),
  );
}
