import { jsonDocument } from '../../encode/document.ts';
import { ok } from '../../diagnostics/diagnostic.ts';
import { isWrite, lineOf } from '../action.ts';
import { exitCodeOf, exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { FactsOptions } from '../cluster-facts.ts';
import { identityContext, inspect } from '../identity/index.ts';
import type { Item } from '../identity/item.ts';
import { applyIdentity, removeIdentity } from '../identity/perform.ts';
import { removalConfig } from '../identity/removal.ts';
import type { IdentityConfig } from '../identity/removal.ts';
import { planConfig } from '../plan-config.ts';
import { withProgress } from '../progress.ts';
import { changesOf, printDiagnostics, printed } from '../report.ts';
import type { World } from '../world.ts';

export interface IdentityOptions extends FactsOptions {
  readonly config: string;
  readonly json?: boolean;
  readonly check?: boolean;
  readonly replace?: boolean;
}

type Verb = 'plan' | 'apply' | 'remove';

/** Modes whose identity is not made here, and where it is. */
const elsewhere: Readonly<Record<string, string>> = {
  'bootstrap-token': 'it has nothing in Azure; its token is the cluster’s: `flexgen cluster plan`',
  'managed-identity':
    'Azure makes it with the machine; what it is granted is the cluster’s: `flexgen cluster plan`',
};

function summary(verb: Verb, mode: string, { writes, known }: { writes: number; known: boolean }): string {
  const other = elsewhere[mode];
  if (other !== undefined) return other;
  if (writes === 0 && verb === 'remove')
    return known || mode === 'arc' ? 'nothing of this identity is left' : 'nothing was taken back';
  if (writes === 0) return known ? 'all is as it should be' : 'nothing can be done here yet';
  return verb === 'plan'
    ? `${changesOf(writes)} to make: \`flexgen identity apply\``
    : `${changesOf(writes)} made`;
}

/** `flexgen identity plan | apply | remove`: what the node signs in with, in Azure and in the state folder. */
export async function identity(verb: Verb, options: IdentityOptions, world: World): Promise<ExitCode> {
  const plan = verb === 'remove' ? removalConfig : planConfig;
  const planned = await printed(await plan(options.config, { ...options, asks: true }, world), world);
  if (typeof planned === 'number') return planned;
  return await act(verb, planned.value, options, world);
}

async function act(
  verb: Verb,
  planned: IdentityConfig,
  options: IdentityOptions,
  world: World,
): Promise<ExitCode> {
  const { spec, located } = planned;
  const context = identityContext(planned, { ...options, removes: verb === 'remove' }, world);
  const found = await withProgress('looking the identity up', world, () => inspect(context));
  const refuse = async (errors: Parameters<typeof exitCodeOf>[0]): Promise<ExitCode> => {
    await printDiagnostics(errors.map(located), world);
    return exitCodeOf(errors);
  };
  if (!found.ok) return await refuse(found.errors);
  await printDiagnostics(found.warnings.map(located), world);
  const items = verb === 'remove' ? found.value.leftovers : found.value.items;
  const show = async (item: Item): Promise<void> => {
    if (options.json !== true) await world.stdout.write(lineOf(item));
  };
  for (const item of items) if (verb === 'plan' || !isWrite(item)) await show(item);
  let objectId = found.value.objectId;
  if (verb === 'apply') {
    const applied = await applyIdentity(found.value, show, async () => ok(null));
    if (!applied.ok) return await refuse(applied.errors);
    await printDiagnostics(applied.warnings.map(located), world);
    objectId = applied.value.objectId;
  }
  if (verb === 'remove') {
    const removed = await removeIdentity(found.value, show);
    if (!removed.ok) return await refuse(removed.errors);
  }
  const writes = items.filter(isWrite).length;
  if (options.json === true)
    await world.stdout.write(jsonDocument({ mode: spec.auth.mode, objectId, changes: items }));
  else
    await world.stderr.write(
      `${spec.auth.mode}: ${summary(verb, spec.auth.mode, { writes, known: objectId !== null })}\n`,
    );
  return verb === 'plan' && options.check === true && writes > 0 ? exitCodes.check : exitCodes.ok;
}
