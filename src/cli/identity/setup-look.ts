import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import { ok } from '../../diagnostics/diagnostic.ts';
import { bindingsFor, renewal, sharedGrants } from '../../kubernetes/bindings.ts';
import type { Grants } from '../../kubernetes/bindings.ts';
import type { Change } from '../../kubernetes/diff.ts';
import { wishOf } from '../../kubernetes/wish.ts';
import { plannedChanges } from '../cluster/changes.ts';
import { connectCluster } from '../cluster/connect.ts';
import type { ConnectOptions } from '../cluster/connect.ts';
import type { Session } from '../cluster/session.ts';
import type { PlannedConfig } from '../plan-config.ts';
import { bindingMarks } from '../cluster/subject.ts';
import type { World } from '../world.ts';
import { identityContext, inspect } from './index.ts';
import type { Inspection } from './mode.ts';

export interface SetupOptions extends ConnectOptions {
  readonly config: string;
  readonly replace?: boolean;
}

/** What a config's payload depends on, in Azure and in the cluster, as it was found. */
export interface Looked {
  readonly identity: Inspection;
  readonly changes: readonly Change[];
  /** What will be granted to an identity that is yet to be made: who it will be, nobody knows. */
  readonly expected: readonly Change[];
  /** What the cluster would have to hold for this identity. */
  readonly changesFor: (objectId: string | null) => Promise<Result<readonly Change[]>>;
  readonly session: Pick<Session, 'api'>;
  readonly now: Date;
}

/** What is granted to an identity; where nobody knows it yet, what all of them share. */
function grantsOf(planned: PlannedConfig, objectId: string | null): Result<Grants> {
  const { auth } = planned.spec;
  const marks = bindingMarks(planned);
  return auth.mode !== 'bootstrap-token' && objectId === null
    ? ok(sharedGrants(marks.owner))
    : bindingsFor(auth, { objectId, ...marks });
}

/** Only a machine that is registered from here has its identity before it boots. */
function expectedChanges(planned: PlannedConfig, objectId: string | null): Change[] {
  const { auth } = planned.spec;
  if (objectId !== null || auth.mode !== 'arc' || auth.onboarding.kind !== 'preregistered') return [];
  const grants = bindingsFor(auth, { objectId: '<new>', ...bindingMarks(planned) });
  const wanted = grants.ok ? grants.value.wanted.filter(({ name }) => name !== renewal) : [];
  return wanted.map((object) => ({ action: 'create', wanted: object }));
}

const ungranted: Diagnostic = {
  severity: 'warning',
  code: 'cluster/object-id',
  path: 'auth',
  message: 'the cluster can’t be told of this identity: its object id is not known',
  hint: 'add `auth.objectId`, or run `flexgen cluster apply` once it is known: until then no node joins',
};

/** The warning for an identity that is nobody's to make here and is not known either. */
const unknownIdentity = (objectId: string | null, { auth }: PlannedConfig['spec']): Diagnostic[] =>
  auth.mode === 'managed-identity' && objectId === null ? [ungranted] : [];

/** Looks at everything that a payload depends on, so that nothing is made where something can't be. Throws ClusterRefused. */
export async function lookAround(
  planned: PlannedConfig,
  options: SetupOptions,
  world: World,
): Promise<Result<Looked>> {
  const { spec, facts } = planned;
  const [identity, api] = await Promise.all([
    inspect(identityContext(planned, options, world)),
    connectCluster(planned, options, world),
  ]);
  if (!identity.ok) return identity;
  if (!api.ok) return api;
  const now = new Date();
  const changesFor: Looked['changesFor'] = async (objectId) => {
    const grants = grantsOf(planned, objectId);
    if (!grants.ok) return grants;
    const wish = wishOf(spec, facts, grants.value);
    return await plannedChanges({ api: api.value, wish, name: facts.name }, now);
  };
  const changes = await changesFor(identity.value.objectId);
  if (!changes.ok) return changes;
  const looked = {
    expected: expectedChanges(planned, identity.value.objectId),
    identity: identity.value,
    changes: changes.value,
    changesFor,
    session: { api: api.value },
  };
  return ok({ ...looked, now }, [
    ...identity.warnings,
    ...api.warnings,
    ...changes.warnings,
    ...unknownIdentity(identity.value.objectId, spec),
  ]);
}
