import type { Machine } from '../../azure/index.ts';
import type { Result } from '../../diagnostics/diagnostic.ts';
import { ok } from '../../diagnostics/diagnostic.ts';
import { keyItem, machineAction, machineItem } from './arc-items.ts';
import type { ArcFound, ArcSite } from './arc-site.ts';
import { newMachineKey, publicKeyOf } from './machine-key.ts';
import type { MachineKey } from './machine-key.ts';
import type { Show } from './mode.ts';

/** The machine's key, which is on the disk before Azure hears of it: who is interrupted can go on with it. */
export async function ensureKey(site: ArcSite, { key }: ArcFound, show: Show): Promise<Result<MachineKey>> {
  if (key !== null) return ok(key);
  const kept = await site.store.keep(await newMachineKey());
  if (kept.ok) await show(keyItem('create', site));
  return kept;
}

/** Deletes the machine that was found, and what flexgen granted it on the cluster. */
export async function removeMachine(
  site: ArcSite,
  { machine, assigned }: ArcFound,
  show: Show,
): Promise<Result<null>> {
  if (machine === null) return ok(null);
  const { principalId } = machine;
  if (site.role !== null && principalId !== null) {
    const withdrawn = await site.role.withdraw(principalId, assigned, show);
    if (!withdrawn.ok) return withdrawn;
  }
  const { deleteMachine } = await import('../../azure/index.ts');
  const deleted = await deleteMachine(site.operator, site.id);
  if (!deleted.ok) return deleted;
  await show(machineItem('delete', site, machine));
  return ok(null);
}

/** Takes back what was granted to identities that our machine had. */
export async function forgetFormer(
  { role }: ArcSite,
  { former }: ArcFound,
  show: Show,
): Promise<Result<null>> {
  if (role === null) return ok(null);
  for (const assignment of former) {
    const withdrawn = await role.withdraw(assignment.principalId, assignment, show);
    if (!withdrawn.ok) return withdrawn;
  }
  return ok(null);
}

/** The machine as it is wanted, with this key. */
export async function ensureMachine(
  site: ArcSite,
  found: ArcFound,
  key: MachineKey,
  show: Show,
): Promise<Result<Machine>> {
  const { machine, state } = found;
  if (machine !== null && state === 'ours') return ok(machine);
  if (state === 'foreign') {
    const removed = await removeMachine(site, found, show);
    if (!removed.ok) return removed;
  }
  const forgotten = await forgetFormer(site, found, show);
  if (!forgotten.ok) return forgotten;
  const { putMachine } = await import('../../azure/index.ts');
  const { location, tags } = site.wanted;
  const parts = { location, tags, vmId: key.vmId, publicKey: publicKeyOf(key) };
  const made = await putMachine(site.operator, site.id, parts);
  if (made.ok) await show(machineItem(machineAction[state], site, machine));
  return made;
}
