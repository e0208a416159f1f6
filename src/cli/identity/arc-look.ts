import type { Machine } from '../../azure/index.ts';
import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import { ok } from '../../diagnostics/diagnostic.ts';
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

function taken({ id, store }: ArcSite, { status }: Machine): Diagnostic {
  const known = status === '' ? '' : ` (${status})`;
  return {
    severity: 'error',
    code: 'azure/machine-taken',
    path: 'auth',
    message: `machine ${id.name} is in resource group ${id.resourceGroup} already${known}, and its key is not here`,
    hint: `copy ${store.path} from where it was made, or name this one otherwise in \`auth.machineName\`; \`--replace\` deletes that machine and makes it anew`,
  };
}

/** Looks at the key, the machine and its role. A machine of somebody else's is a refusal, unless it may be replaced. */
export async function lookAtMachine(site: ArcSite): Promise<Result<ArcFound>> {
  const { operator, id, store, role, replace } = site;
  const { readMachine } = await import('../../azure/index.ts');
  const key = await store.read();
  if (!key.ok) return key;
  const [machine, rights] = await Promise.all([
    readMachine(operator, id),
    // Who has a key here has made a machine before.
    key.value === null ? refuseWithout(site) : ok(null),
  ]);
  if (!machine.ok) return machine;
  const state = stateOf(machine.value, key.value, site);
  if (state === 'foreign' && machine.value !== null && !replace)
    return { ok: false, errors: [taken(site, machine.value)] };
  if (!rights.ok) return rights;
  const principalId = state === 'foreign' ? null : (machine.value?.principalId ?? null);
  const assigned = role === null || principalId === null ? ok(null) : await role.find(principalId);
  if (!assigned.ok) return assigned;
  return ok({ key: key.value, machine: machine.value, state, principalId, assigned: assigned.value });
}
