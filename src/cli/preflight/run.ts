import { needs } from './check.ts';
import type { Check, CheckName, Outcome } from './check.ts';
import type { Situation } from './situation.ts';

/** A check with what it has found. */
export interface Finding {
  readonly name: CheckName;
  readonly why: string;
  readonly outcomes: readonly Outcome[];
}

/** Every check that this config needs, in the order of the list: a name with its check. */
type Checks = readonly (readonly [CheckName, Check])[];

const isFine = (outcomes: readonly Outcome[]): boolean => outcomes.every(({ state }) => state === 'ok');

/**
 * Runs all checks at the same time; one that needs others waits for them, and is not known where one of them is not fine.
 * What a check needs must stand before it in the list.
 */
export async function runChecks(checks: Checks, situation: Situation): Promise<readonly Finding[]> {
  const started = new Map<CheckName, Promise<readonly Outcome[]>>();
  const run = async (check: Check): Promise<readonly Outcome[]> => {
    const before = await Promise.all(
      check.after(situation).map(async (name) => [name, await started.get(name)] as const),
    );
    // A check that is left out says nothing against those after it.
    const obstacle = before.find(([, outcomes]) => outcomes !== undefined && !isFine(outcomes));
    return obstacle === undefined ? await check.run(situation) : needs(obstacle[0]);
  };
  const wanted = checks.filter(([, check]) => check.applies(situation));
  for (const [name, check] of wanted) started.set(name, run(check));
  return await Promise.all(
    wanted.map(async ([name, { why }]) => ({ name, why, outcomes: (await started.get(name)) ?? [] })),
  );
}
