import type { Spec } from '../../config/spec.ts';
import type { OutputChoice } from './delivered.ts';
import { envelopeNames } from './envelopes/names.ts';
import { isTargetName } from './targets/index.ts';

/** The names that a config's schema has let through, as what they stand for. */
export function outputChoice({ target, envelope, url }: Spec['output']): OutputChoice {
  const known = envelopeNames.find((name) => name === envelope);
  if (!isTargetName(target) || (known === undefined && envelope !== 'auto'))
    throw new Error(`no output of ${target}, ${envelope}`);
  return { target, envelope: known ?? 'auto', url };
}
