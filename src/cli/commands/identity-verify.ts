import { jsonDocument } from '../../encode/document.ts';
import { isWrite, lineOf } from '../action.ts';
import { changeData, changeText } from '../cluster/report.ts';
import { orRefused } from '../cluster/refusal.ts';
import { exitCodeOf, exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { FactsOptions } from '../cluster-facts.ts';
import { lookAround } from '../identity/setup-look.ts';
import type { SetupOptions } from '../identity/setup-look.ts';
import { planConfig } from '../plan-config.ts';
import { withProgress } from '../progress.ts';
import { printDiagnostics, printed } from '../report.ts';
import type { World } from '../world.ts';

export interface VerifyOptions extends FactsOptions, SetupOptions {
  readonly json?: boolean;
}

const agree = 'Azure and the cluster are as this config wants them';

async function act(options: VerifyOptions, world: World): Promise<ExitCode> {
  const planned = await printed(await planConfig(options.config, { ...options, asks: true }, world), world);
  if (typeof planned === 'number') return planned;
  const { facts, located, spec } = planned.value;
  const looked = await withProgress('looking at what is there', world, () =>
    lookAround(planned.value, options, world),
  );
  await printDiagnostics((looked.ok ? looked.warnings : looked.errors).map(located), world);
  if (!looked.ok) return exitCodeOf(looked.errors);
  const { identity, now } = looked.value;
  const items = identity.items.filter(isWrite);
  const changes = [...looked.value.expected, ...looked.value.changes].filter(isWrite);
  const shown = { now, planned: true };
  if (options.json === true) {
    const cluster = changes.map((change) => changeData(change, shown));
    const { objectId } = identity;
    await world.stdout.write(jsonDocument({ mode: spec.auth.mode, objectId, changes: items, cluster }));
  } else {
    for (const item of items) await world.stdout.write(lineOf(item));
    for (const change of changes) await world.stdout.write(changeText(change, shown));
  }
  const count = items.length + changes.length;
  if (count === 0) {
    await world.stderr.write(`${facts.name}: ${agree}\n`);
    return exitCodes.ok;
  }
  const todo = [
    ...(items.length === 0 ? [] : ['`flexgen identity apply`']),
    ...(changes.length === 0 ? [] : ['`flexgen cluster apply`']),
  ];
  await world.stderr.write(
    `${facts.name}: ${count} ${count === 1 ? 'thing is' : 'things are'} not as wanted: ${todo.join(', then ')}\n`,
  );
  return exitCodes.check;
}

/** `flexgen identity verify`: what of an identity, its role and its grants is not as the config wants it. Changes nothing. */
export async function verifyIdentity(options: VerifyOptions, world: World): Promise<ExitCode> {
  return await orRefused(world, () => act(options, world));
}
