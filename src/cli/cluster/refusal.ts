import { ClusterRefused } from '../../kubernetes/refused.ts';
import { exitCodes } from '../exit-codes.ts';
import { printProblem } from '../report.ts';
import type { World } from '../world.ts';

/** Does what asks the API server; where that refuses, its reason is printed and the command ends with code 4. */
export async function orRefused<T>(
  world: World,
  work: () => Promise<T>,
): Promise<T | typeof exitCodes.refused> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ClusterRefused)) throw error;
    await printProblem(error.message, error.hint, world);
    return exitCodes.refused;
  }
}
