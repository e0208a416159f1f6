import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { exitCodeOf, exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';

/** A digest that is not as it should be: somebody has to look before anything else is done. */
const isCheck = ({ code }: Diagnostic): boolean => code === 'upstream/digest' || code === 'upstream/checksum';

/** How a command ends that failed with these. */
export function supplyExit(errors: readonly Diagnostic[]): ExitCode {
  const wrong = errors.filter(({ severity }) => severity === 'error');
  const others = wrong.filter(({ code }) => !code.startsWith('upstream/'));
  if (others.length > 0) return exitCodeOf(others);
  return wrong.some(isCheck) ? exitCodes.check : exitCodes.refused;
}
