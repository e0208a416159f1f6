import { placesOf } from './places.ts';
import type { Place } from './places.ts';
import type { Observed } from './observe.ts';
import type { Run } from './runs.ts';
import type { Secrets } from './search.ts';

/** A run and what became of it. */
export interface Done {
  readonly run: Run;
  readonly observed: Observed;
}

/** In how many runs each secret was where. */
export type Tally = ReadonlyMap<string, ReadonlyMap<Place, readonly string[]>>;

/** The one application of the local Azure is a node, registers machines, or is the operator: three secrets in one. */
const operators: Readonly<Record<string, string>> = {
  'client secret': 'operator’s client secret',
  'certificate’s private key': 'operator’s certificate’s private key',
};
const onboarding: Readonly<Record<string, string>> = { 'client secret': 'Arc onboarding secret' };

function rolesIn({ args, env = {} }: Run): Readonly<Record<string, string>> {
  if ('AZURE_CLIENT_SECRET' in env || args.includes('signed-in')) return operators;
  return args.includes('arc-principal.yaml') ? onboarding : {};
}

/** Looks for each secret in each place of each run; by place, the command lines that had it there. */
export function tallyOf(done: readonly Done[], secrets: Secrets): Tally {
  const tally = new Map<string, Map<Place, string[]>>();
  const roles = [operators, onboarding].flatMap((names) => Object.values(names));
  for (const name of [...Object.keys(secrets), ...roles]) tally.set(name, new Map());
  for (const { run, observed } of done) {
    for (const [name, places] of placesOf(observed, secrets, run)) {
      const row = tally.get(rolesIn(run)[name] ?? name);
      for (const place of places) row?.set(place, [...(row.get(place) ?? []), run.args]);
    }
  }
  return tally;
}
