import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import { ok } from '../../diagnostics/diagnostic.ts';
import { itemsOf, keyItem, leftoversOf } from './arc-items.ts';
import { lookAtMachine } from './arc-look.ts';
import { ensureKey, ensureMachine, forgetFormer, removeMachine } from './arc-make.ts';
import type { ArcSite } from './arc-site.ts';
import { isOurs } from './arc-site.ts';
import { mintedWith } from './machine-key.ts';
import type { Inspection } from './mode.ts';

const withoutIdentity = ({ id }: ArcSite): Diagnostic => ({
  severity: 'error',
  code: 'azure/machine-identity',
  path: 'auth',
  message: `Azure gave machine ${id.name} no identity`,
  hint: 'run it again; if it stays so, `flexgen identity remove` and start anew',
});

/** A machine of Azure Arc that is registered before it boots: its key, the machine, its role. */
export async function inspectPreregistered(site: ArcSite): Promise<Result<Inspection>> {
  const looked = await lookAtMachine(site);
  if (!looked.ok) return looked;
  const found = looked.value;
  const { role, store } = site;
  const ours = isOurs(found);
  const inspection: Inspection = {
    items: itemsOf(site, found),
    leftovers: leftoversOf(site, found),
    objectId: ours ? (found.machine?.principalId ?? null) : null,
    async identify(show) {
      const key = await ensureKey(site, found, show);
      if (!key.ok) return key;
      const machine = await ensureMachine(site, found, key.value, show);
      if (!machine.ok) return machine;
      const { principalId } = machine.value;
      if (principalId === null) return { ok: false, errors: [withoutIdentity(site)] };
      return ok({ objectId: principalId, made: mintedWith(key.value) });
    },
    grant: async (objectId, show) =>
      role === null || (ours && found.assigned !== null) ? ok(null) : role.assign(objectId, show),
    async remove(show) {
      const removed = ours ? await removeMachine(site, found, show) : await forgetFormer(site, found, show);
      if (!removed.ok || found.key === null) return removed;
      const forgotten = await store.remove();
      if (forgotten.ok) await show(keyItem('delete', site));
      return forgotten;
    },
  };
  return ok(inspection, looked.warnings);
}
