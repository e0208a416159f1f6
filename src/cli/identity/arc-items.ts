import type { ArcFound, ArcSite } from './arc-site.ts';
import type { Item } from './item.ts';

export function machineItem(action: Item['action'], { wanted, id }: ArcSite): Item {
  const tags = Object.entries(wanted.tags).map(([key, value]) => `${key}=${value}`);
  const detail = [`resource group ${id.resourceGroup}`, wanted.location, ...tags].join(', ');
  return { action, kind: 'machine', name: id.name, detail };
}

export const keyItem = (action: Item['action'], { store }: ArcSite): Item => ({
  action,
  kind: 'key',
  name: store.path,
  detail: 'RSA of 2048 bits, mode 0600',
});

/** What has to happen to the machine itself. */
export const machineAction = {
  absent: 'create',
  foreign: 'create',
  changed: 'change',
  ours: 'keep',
} as const satisfies Record<ArcFound['state'], Item['action']>;

/** What `apply` does, in its order. */
export function itemsOf(site: ArcSite, { key, state, assigned }: ArcFound): readonly Item[] {
  return [
    keyItem(key === null ? 'create' : 'keep', site),
    ...(state === 'foreign' ? [machineItem('delete', site)] : []),
    machineItem(machineAction[state], site),
    ...(site.role === null ? [] : [site.role.item(assigned === null ? 'create' : 'keep')]),
  ];
}

/** What `remove` does, in its order. */
export function leftoversOf(site: ArcSite, { key, state, assigned }: ArcFound): readonly Item[] {
  return [
    ...(site.role !== null && assigned?.own === true ? [site.role.item('delete')] : []),
    ...(state === 'ours' || state === 'changed' ? [machineItem('delete', site)] : []),
    ...(key === null ? [] : [keyItem('delete', site)]),
  ];
}
