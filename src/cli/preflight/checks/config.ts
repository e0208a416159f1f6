import { failures, fine } from '../check.ts';
import type { Check, Outcome } from '../check.ts';
import { isTooBig } from './payload.ts';
import { isUnsuited } from './versions.ts';

/** Nobody's mistake in a file: Azure refuses, or is not to be asked. */
const isOfAzure = (code: string): boolean => code.startsWith('azure/') || code === 'cluster/offline';

/** The config holds, by itself and for this cluster. Its problems are printed with their places as well. */
export const config: Check = {
  why: 'everything else follows from it',
  online: false,
  after: () => [],
  applies: () => true,
  async run({ facts, userData, file }): Promise<readonly Outcome[]> {
    const known = await facts();
    if (!known.ok) {
      // The config itself is valid: else there would be no situation to check.
      const wrong = failures(known.errors.filter(({ code }) => !isOfAzure(code)));
      return wrong.length > 0 ? wrong : fine(`${file} is valid`);
    }
    const rendered = await userData();
    const problems = rendered.ok ? [] : rendered.errors;
    const wrong = failures(problems.filter((problem) => !isUnsuited(problem) && !isTooBig(problem)));
    return wrong.length > 0 ? wrong : fine(`${file} is valid and suits ${known.value.name}`);
  },
};
