import type { Diagnostic } from '../diagnostics/diagnostic.ts';

/** How every command ends. Documented in the README; scripts rely on the numbers. */
export const exitCodes = {
  ok: 0,
  bug: 1,
  usage: 2,
  config: 3,
  refused: 4,
  check: 5,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** What each says, in the help and in the reference. */
export const exitMeanings = {
  0: 'done',
  1: 'a bug in flexgen',
  2: 'wrong usage',
  3: 'invalid config',
  4: 'refused by Azure or the cluster',
  5: 'a check failed',
} as const satisfies Record<ExitCode, string>;

/** Who has to do something about a failure: who wrote the files, or who may change things in Azure. */
type FailureKind = 'config' | 'azure';

const exitFor = {
  config: exitCodes.config,
  azure: exitCodes.refused,
} as const satisfies Record<FailureKind, ExitCode>;

const kindOf = ({ code }: Diagnostic): FailureKind => (code.startsWith('azure/') ? 'azure' : 'config');

/** How a command ends that failed with these: a mistake in a file comes before a refusal. */
export function exitCodeOf(diagnostics: readonly Diagnostic[]): ExitCode {
  const kinds = new Set(diagnostics.filter(({ severity }) => severity === 'error').map(kindOf));
  return exitFor[kinds.has('config') || !kinds.has('azure') ? 'config' : 'azure'];
}
