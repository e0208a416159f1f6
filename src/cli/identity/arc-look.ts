import type { Machine } from '../../azure/index.ts';
import type { Result } from '../../diagnostics/diagnostic.ts';
import { ok } from '../../diagnostics/diagnostic.ts';
import { machineProblem, machineWarnings } from './arc-problems.ts';
import type { ArcFound, ArcSite } from './arc-site.ts';
import type { MachineKey } from './machine-key.ts';
import { refuseWithout } from './rights.ts';

const isOurs = (machine: Machine, key: MachineKey | null): boolean =>
  key !== null && machine.vmId.toLowerCase() === key.vmId.toLowerCase();

const sorted = (tags: Readonly<Record<string, string>>): string =>
  JSON.stringify(Object.entries(tags).toSorted(([a], [b]) => (a < b ? -1 : 1)));

function stateOf(machine: Machine | null, key: MachineKey | null, { wanted }: ArcSite): ArcFound['state'] {
  if (machine === null) return 'absent';
  if (!isOurs(machine, key)) return 'foreign';
  // Once it has connected, its tags are its owner's affair, and a request could disturb it.
  const untouched = machine.status !== 'Connected';
  return untouched && sorted(machine.tags) !== sorted(wanted.tags) ? 'changed' : 'ours';
}

/** What must be allowed beyond what was asked for before anything was known of the machine. */
async function refuseLater(site: ArcSite, { state, key }: Pick<ArcFound, 'state' | 'key'>) {
  if (site.removes || state === 'ours' || state === 'changed') return ok(null);
  // Who has no key here was asked whether a machine may be made.
  const make = key !== null;
  const replace = state === 'foreign';
  return make || replace ? await refuseWithout(site, { make, replace }) : ok(null);
}

/**
 * Looks at the key, the machine and its role. A machine of somebody else's is a refusal, unless it may be replaced; so is
 * one that can't become what is wanted.
 */
export async function lookAtMachine(site: ArcSite): Promise<Result<ArcFound>> {
  const { operator, id, store, role, removes } = site;
  const { readMachine } = await import('../../azure/index.ts');
  const early = await store.read();
  if (!early.ok) return early;
  const [machine, rights] = await Promise.all([
    readMachine(operator, id),
    // Who has a key here has made a machine before.
    early.value === null && !removes ? refuseWithout(site, { make: true, replace: false }) : ok(null),
  ]);
  if (!machine.ok) return machine;
  // Another run may have made both in the meantime, the key before the machine.
  const late = early.value === null && machine.value !== null ? await store.read() : early;
  if (!late.ok) return late;
  const key = late.value;
  const known = { key, state: stateOf(machine.value, key, site) };
  const problem = machine.value === null ? undefined : machineProblem(site, machine.value, known);
  if (problem !== undefined) return { ok: false, errors: [problem] };
  const later = rights.ok ? await refuseLater(site, known) : rights;
  if (!later.ok) return later;
  const principalId = machine.value?.principalId ?? null;
  const assigned = role === null || principalId === null ? ok(null) : await role.find(principalId);
  if (!assigned.ok) return assigned;
  const isGone = machine.value === null && key !== null;
  const former = role !== null && isGone ? await role.findFormer() : ok([]);
  if (!former.ok) return former;
  const warnings = machine.value === null ? [] : machineWarnings(site, machine.value, known);
  return ok({ ...known, machine: machine.value, assigned: assigned.value, former: former.value }, warnings);
}
