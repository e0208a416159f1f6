import type { Diagnostic, Result } from '../../../diagnostics/diagnostic.ts';
import { ok } from '../../../diagnostics/diagnostic.ts';
import { bindingsFor } from '../../../kubernetes/bindings.ts';
import type { Change } from '../../../kubernetes/diff.ts';
import { titleOf } from '../../../kubernetes/kinds.ts';
import { ClusterRefused } from '../../../kubernetes/refused.ts';
import { wishOf } from '../../../kubernetes/wish.ts';
import type { NodeSpec } from '../../../node/index.ts';
import { isWrite } from '../../action.ts';
import { plannedChanges } from '../../cluster/changes.ts';
import { connectCluster } from '../../cluster/connect.ts';
import { needsSetup } from '../../identity/needs.ts';
import { lookAround } from '../../identity/setup-look.ts';
import type { PlannedConfig } from '../../plan-config.ts';
import { subjectOf } from '../../cluster/subject.ts';
import { failures, fine, needs, notKnown } from '../check.ts';
import type { Check, Outcome } from '../check.ts';
import type { Situation } from '../situation.ts';

const nameOf = (change: Change): string => titleOf('wanted' in change ? change.wanted : change.found);

/** A token is made anew for each payload, so that none of it is missing. */
const isGrant = (change: Change): boolean => !('wanted' in change) || change.wanted.kind !== 'Secret';

function judge(changes: readonly Change[], planned: PlannedConfig, file: string): readonly Outcome[] {
  const missing = changes.filter(isWrite);
  const count = `${missing.length} of ${changes.length}`;
  if (missing.length === 0) return fine(`all ${changes.length} are there`);
  if (needsSetup(planned)) return fine(`${count} are still to be made: \`flexgen cloud-init\` makes them`);
  const detail = `${count} are missing: ${missing.map(nameOf).join(', ')}`;
  return [{ state: 'failed', detail, remedy: `\`flexgen cluster apply --config ${file}\`` }];
}

/** An object of ours that somebody else has made differently. */
const isForeign = ({ code }: Diagnostic): boolean => code === 'cluster/foreign';

/** Nobody knows yet who the machine will be to the cluster. */
const noSubject: ReadonlySet<string> = new Set([
  'cluster/object-id',
  'identity/not-yet',
  'identity/object-id',
]);

/** What `cloud-init` would find, which makes what is missing. */
async function beforeSetup(
  planned: PlannedConfig,
  { file, world }: Situation,
): Promise<Result<readonly Change[]>> {
  const looked = await lookAround(planned, { config: file }, world);
  if (!looked.ok) return looked;
  const unknown = looked.warnings.filter(({ code }) => noSubject.has(code));
  if (unknown.length > 0) return { ok: false, errors: unknown };
  return ok([...looked.value.changes, ...looked.value.expected]);
}

/** What is there of what somebody has to have made. */
async function made(planned: PlannedConfig, { world }: Situation): Promise<Result<readonly Change[]>> {
  const { spec, facts } = planned;
  const subject = await subjectOf({ ...planned, secrets: async () => planned.texts });
  if (!subject.ok) return subject;
  const grants = bindingsFor(spec.auth, subject.value);
  if (!grants.ok) return grants;
  const api = await connectCluster(planned, {}, world);
  if (!api.ok) return api;
  const wish = wishOf(spec, facts, grants.value);
  return await plannedChanges({ api: api.value, wish, name: facts.name }, new Date());
}

async function look(situation: Situation): Promise<readonly Outcome[]> {
  const plan = await situation.planned();
  if (!plan.ok) return needs('config');
  const changes = needsSetup(plan.value)
    ? await beforeSetup(plan.value, situation)
    : await made(plan.value, situation);
  if (!changes.ok)
    return changes.errors.some(isForeign) ? failures(changes.errors) : notKnown(changes.errors);
  return judge(changes.value.filter(isGrant), plan.value, situation.file);
}

/** Whether flexgen finds out who the machine will be to the cluster. */
const isLookedUp = ({ auth }: NodeSpec): boolean =>
  auth.mode === 'arc' || (auth.mode === 'service-principal' && auth.proof.kind !== 'federated');

/** The cluster lets the machine ask for its certificate, and has it approved. */
export const bindings: Check = {
  why: 'without them the machine’s request for a certificate is refused, or nobody approves it',
  online: true,
  after: ({ azure, config }) => [
    'config',
    'cluster',
    'versions',
    'api-server',
    ...(azure?.assignsRole === true ? (['providers', 'permissions'] as const) : []),
    ...(isLookedUp(config.loaded.spec) ? (['identity'] as const) : []),
  ],
  applies: () => true,
  async run(situation) {
    try {
      return await look(situation);
    } catch (error) {
      if (!(error instanceof ClusterRefused)) throw error;
      return [{ state: 'failed', detail: error.message, remedy: error.hint }];
    }
  },
};
