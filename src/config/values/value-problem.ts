import type { Diagnostic } from '../../diagnostics/diagnostic.ts';

/** What is wrong with a value, wherever it stands. It does not repeat a value that might be a secret. */
export type ValueProblem = Pick<Diagnostic, 'code' | 'message' | 'hint'> &
  Partial<Pick<Diagnostic, 'severity'>>;

/** Looks at a text; undefined = nothing is wrong. */
export type Check = (text: string) => ValueProblem | undefined;
