import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import { ok } from '../../diagnostics/diagnostic.ts';
import { itemsOf, keyItem, leftoversOf } from './arc-items.ts';
import { lookAtMachine } from './arc-look.ts';
import { ensureKey, ensureMachine, removeMachine } from './arc-make.ts';
import type { ArcSite } from './arc-site.ts';
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
  return ok({
    items: itemsOf(site, found),
    leftovers: leftoversOf(site, found),
    objectId: found.principalId,
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
      role === null || found.assigned !== null ? ok(null) : role.assign(objectId, show),
    async remove(show) {
      if (found.state === 'ours' || found.state === 'changed') {
        const removed = await removeMachine(site, found.principalId, show);
        if (!removed.ok) return removed;
      }
      if (found.key === null) return ok(null);
      await store.remove();
      await show(keyItem('delete', site));
      return ok(null);
    },
  });
}
