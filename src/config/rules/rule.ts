import type { ClusterFacts } from '../facts.ts';
import type { Path } from '../path.ts';
import type { RawConfig } from '../raw-config.ts';
import type { ValueProblem } from '../values/value-problem.ts';

/** What a rule sees. A value may still be one that its own syntax forbids: that is reported already, so pass it by. */
export interface RuleContext {
  readonly config: RawConfig;
  /** Whether the file itself has this path; a default has none. */
  readonly written: (path: Path) => boolean;
  /** Reports a problem, an error if it says nothing else. */
  readonly report: (path: Path, problem: ValueProblem, target?: 'key' | 'value') => void;
}

/** What a rule may know of the cluster. */
export type KnownFacts = Omit<ClusterFacts, 'ca'>;

/** A rule of the config alone. */
export type Rule = (context: RuleContext) => void;

/** A rule that needs to know the cluster. */
export type FactRule = (context: RuleContext, facts: KnownFacts) => void;
