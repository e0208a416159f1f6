import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { AzureSituation } from './azure-situation.ts';
import type { Situation } from './situation.ts';

/** Every prerequisite, by the name it has in the report. */
export type CheckName =
  | 'config'
  | 'payload'
  | 'sign-in'
  | 'subscription'
  | 'providers'
  | 'permissions'
  | 'cluster'
  | 'versions'
  | 'api-server'
  | 'artifacts'
  | 'identity'
  | 'bindings'
  | 'clock';

/** `unknown`: it could not be asked, because something before it failed or because this machine is not the one to ask. */
export type State = 'ok' | 'failed' | 'unknown';

/** What a check has found: one line of the report. */
export interface Outcome {
  readonly state: State;
  /** What was found, one sentence without a full stop. */
  readonly detail: string;
  /** The command, or the words, that mend it. */
  readonly remedy?: string;
}

/** One prerequisite. */
export interface Check {
  /** Why it matters: a half-sentence for who reads that it failed. */
  readonly why: string;
  /** It asks somebody: left out with `--offline`. */
  readonly online: boolean;
  /** What must hold before there is anything to ask. */
  readonly after: (situation: Situation) => readonly CheckName[];
  /** Whether this config needs it at all. */
  readonly applies: (situation: Situation) => boolean;
  /** Asks, and changes nothing. Several outcomes are several lines. */
  readonly run: (situation: Situation) => Promise<readonly Outcome[]>;
}

/** It could not be asked, because another check is not fine. */
export const needs = (name: CheckName): readonly Outcome[] => [
  { state: 'unknown', detail: `not known: it needs \`${name}\`` },
];

export const fine = (detail: string): readonly Outcome[] => [{ state: 'ok', detail }];

/** Each problem as a line of its own. */
export function failures(problems: readonly Diagnostic[]): readonly Outcome[] {
  return problems
    .filter(({ severity }) => severity === 'error')
    .map(({ message, hint, table = [] }) => {
      const most = table.slice(0, 3).map((row) => row.join(' '));
      const detail = most.length === 0 ? message : `${message}: ${most.join(', ')} …`;
      return { state: 'failed', detail, ...(hint === undefined ? {} : { remedy: hint }) };
    });
}

/** What could not be asked, because of these. */
export function notKnown([problem]: readonly Diagnostic[]): readonly Outcome[] {
  const remedy = problem?.hint === undefined ? {} : { remedy: problem.hint };
  return [
    { state: 'unknown', detail: `not known: ${problem?.message ?? 'something before it failed'}`, ...remedy },
  ];
}

/** Asks the same in each subscription. */
export const inEachSubscription =
  (look: (azure: AzureSituation, subscriptionId: string) => Promise<readonly Outcome[]>): Check['run'] =>
  async ({ azure }) =>
    azure === null ? [] : (await Promise.all(azure.subscriptionIds.map((id) => look(azure, id)))).flat();
