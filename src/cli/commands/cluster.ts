import { jsonDocument } from '../../encode/document.ts';
import type { Change } from '../../kubernetes/diff.ts';
import { isWrite } from '../action.ts';
import { plannedChanges } from '../cluster/changes.ts';
import { perform } from '../cluster/perform.ts';
import { removableChanges } from '../cluster/removal.ts';
import { changeData, changeText } from '../cluster/report.ts';
import { openSession } from '../cluster/session.ts';
import type { ClusterOptions } from '../cluster/session.ts';
import { orRefused } from '../cluster/refusal.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { changesOf, printed } from '../report.ts';
import type { World } from '../world.ts';

type Verb = 'plan' | 'apply' | 'remove';

export interface PlanOptions extends ClusterOptions {
  readonly check?: boolean;
}

async function act(verb: Verb, options: PlanOptions, world: World): Promise<ExitCode> {
  const session = await openSession(options, verb === 'remove', world);
  if (typeof session === 'number') return session;
  const now = new Date();
  const look = verb === 'remove' ? removableChanges : plannedChanges;
  const planned = await printed(await look(session, now), world, () => exitCodes.refused);
  if (typeof planned === 'number') return planned;
  const changes = planned.value;
  const shown = { now, planned: verb === 'plan' };
  const show = async (change: Change): Promise<void> => {
    if (options.json !== true) await world.stdout.write(changeText(change, shown));
  };
  if (verb === 'plan') for (const change of changes) await show(change);
  else await perform(changes, session, show);
  const writes = changes.filter(isWrite).length;
  if (options.json === true) {
    const { name, api } = session;
    await world.stdout.write(
      jsonDocument({
        cluster: name,
        server: api.server,
        changes: changes.map((change) => changeData(change, shown)),
      }),
    );
  } else {
    const todo =
      verb === 'plan'
        ? `${changesOf(writes)} to make: \`flexgen cluster apply\``
        : `${changesOf(writes)} made`;
    const nothing = verb === 'remove' ? 'has nothing of this config' : 'has all that this config needs';
    await world.stderr.write(`${session.name}: ${writes === 0 ? nothing : todo}\n`);
  }
  return verb === 'plan' && options.check === true && writes > 0 ? exitCodes.check : exitCodes.ok;
}

/** `flexgen cluster plan | apply | remove`: what the config's nodes are granted and given in the cluster. */
export async function cluster(verb: Verb, options: PlanOptions, world: World): Promise<ExitCode> {
  return await orRefused(world, () => act(verb, options, world));
}
