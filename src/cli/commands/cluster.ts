import { jsonDocument } from '../../encode/document.ts';
import { applyChange } from '../../kubernetes/apply.ts';
import { isOurs } from '../../kubernetes/binding.ts';
import { diff, removal } from '../../kubernetes/diff.ts';
import type { Change } from '../../kubernetes/diff.ts';
import { labelledBindings, readBindings } from '../../kubernetes/read.ts';
import { ClusterRefused } from '../../kubernetes/refused.ts';
import { changeData, changeText, isWrite } from '../cluster-report.ts';
import { openSession } from '../cluster-session.ts';
import type { ClusterOptions, Session } from '../cluster-session.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { printDiagnostics, printProblem } from '../report.ts';
import type { World } from '../world.ts';

type Verb = 'plan' | 'apply' | 'remove';

export interface PlanOptions extends ClusterOptions {
  readonly check?: boolean;
}

/** What the config's nodes need that is not there; null where a binding of ours has another owner, which is printed. */
async function wantedChanges({ api, grants }: Session, world: World): Promise<readonly Change[] | null> {
  const { wanted, unwanted } = grants;
  const names = [...wanted.map(({ name }) => name), ...(unwanted === null ? [] : [unwanted])];
  const found = await readBindings(api, names);
  const extra = unwanted === null ? undefined : found.get(unwanted);
  const { changes, foreign } = diff(wanted, found);
  await printDiagnostics(
    [
      ...(extra === undefined || !isOurs(extra)
        ? []
        : [
            {
              severity: 'warning',
              code: 'cluster/system-node',
              message: `clusterrolebinding ${extra.metadata.name} is still there: with it this identity can read every secret`,
              hint: 'where no other config has `credentialUse: always` for it: `flexgen cluster remove`, then `apply`',
            } as const,
          ]),
      ...foreign.map(
        ({ wanted: { name } }) =>
          ({
            severity: 'error',
            code: 'cluster/foreign',
            message: `clusterrolebinding ${name} is there with other contents, and flexgen has not made it`,
            hint: `nothing was changed; see it with \`kubectl get clusterrolebinding ${name} -o yaml\`, and delete it if nobody needs it`,
          }) as const,
      ),
    ],
    world,
  );
  return foreign.length > 0 ? null : changes;
}

/** Makes the changes one by one, each printed once it is done. */
async function perform(
  changes: readonly Change[],
  { api }: Session,
  show: (text: string) => Promise<void>,
): Promise<void> {
  const count = changes.filter(isWrite).length;
  let done = 0;
  for (const change of changes) {
    try {
      await applyChange(api, change);
    } catch (error) {
      if (!(error instanceof ClusterRefused)) throw error;
      throw new ClusterRefused(`${error.message}; ${done} of ${count} changes were made`, error.hint);
    }
    if (isWrite(change)) done += 1;
    await show(changeText(change));
  }
}

const plural = (count: number): string => `${count} ${count === 1 ? 'change' : 'changes'}`;

async function act(verb: Verb, options: PlanOptions, world: World): Promise<ExitCode> {
  const session = await openSession(options, world);
  if (typeof session === 'number') return session;
  const changes =
    verb === 'remove'
      ? removal(session.grants, await labelledBindings(session.api))
      : await wantedChanges(session, world);
  if (changes === null) return exitCodes.refused;
  const show = async (text: string): Promise<void> => {
    if (options.json !== true) await world.stdout.write(text);
  };
  if (verb === 'plan') await show(changes.map(changeText).join(''));
  else await perform(changes, session, show);
  const writes = changes.filter(isWrite).length;
  if (options.json === true) {
    const { name, api } = session;
    await world.stdout.write(
      jsonDocument({ cluster: name, server: api.server, changes: changes.map(changeData) }),
    );
  } else {
    const todo =
      verb === 'plan' ? `${plural(writes)} to make: \`flexgen cluster apply\`` : `${plural(writes)} made`;
    const nothing = verb === 'remove' ? 'has nothing of this config' : 'has all that this config needs';
    await world.stderr.write(`${session.name}: ${writes === 0 ? nothing : todo}\n`);
  }
  return verb === 'plan' && options.check === true && writes > 0 ? exitCodes.check : exitCodes.ok;
}

/** `flexgen cluster plan | apply | remove`: what the config's nodes are granted in the cluster. */
export async function cluster(verb: Verb, options: PlanOptions, world: World): Promise<ExitCode> {
  try {
    return await act(verb, options, world);
  } catch (error) {
    if (!(error instanceof ClusterRefused)) throw error;
    await printProblem(error.message, error.hint, world);
    return exitCodes.refused;
  }
}
