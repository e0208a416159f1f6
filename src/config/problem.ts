import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Path } from './path.ts';
import type { Range } from './source/source.ts';

/** A problem at a path, to be located by its caller. */
export interface Problem {
  readonly path: Path;
  readonly target: 'key' | 'value';
  /** Where exactly, if that is less than the path's key or value. */
  readonly range?: Range;
  readonly code: string;
  readonly severity: Diagnostic['severity'];
  readonly message: string;
  readonly hint?: string;
}
