import type { Machine } from '../../azure/index.ts';
import type { ArcFound, ArcSite } from './arc-site.ts';
import { isOurs } from './arc-site.ts';
import type { Item } from './item.ts';

type Look = Pick<Machine, 'location' | 'tags'>;

const tagsOf = ({ tags }: Look): string[] =>
  Object.entries(tags)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key}=${value}`);

/** The machine as it is wanted or, where it is deleted, as it is; of one that is changed, also what it was. */
export function machineItem(action: Item['action'], { wanted, id }: ArcSite, now: Machine | null): Item {
  const shown: Look = action === 'delete' && now !== null ? now : wanted;
  const detail = [`resource group ${id.resourceGroup}`, shown.location, ...tagsOf(shown)].join(', ');
  const before = action === 'change' && now !== null ? tagsOf(now) : null;
  const was = before === null ? '' : ` (was ${before.length === 0 ? 'without tags' : before.join(', ')})`;
  return { action, kind: 'machine', name: id.name, detail: `${detail}${was}` };
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
export function itemsOf(site: ArcSite, found: ArcFound): readonly Item[] {
  const { key, state, machine, assigned } = found;
  const { role } = site;
  return [
    keyItem(key === null ? 'create' : 'keep', site),
    ...formerItems(site, found),
    ...(state === 'foreign' ? removedWith(site, found) : []),
    machineItem(machineAction[state], site, machine),
    ...(role === null ? [] : [role.item(isOurs(found) && assigned !== null ? 'keep' : 'create')]),
  ];
}

/** What goes with a machine: first what it was granted, of which only what flexgen assigned is taken back. */
const removedWith = (site: ArcSite, { machine, assigned }: ArcFound): readonly Item[] => [
  ...(site.role !== null && assigned?.own === true ? [site.role.item('delete')] : []),
  machineItem('delete', site, machine),
];

/** The roles of identities that are no more. */
const formerItems = ({ role }: ArcSite, { former }: ArcFound): readonly Item[] =>
  role === null ? [] : former.map(() => role.item('delete'));

/** What `remove` does, in its order. */
export const leftoversOf = (site: ArcSite, found: ArcFound): readonly Item[] => [
  ...formerItems(site, found),
  ...(isOurs(found) ? removedWith(site, found) : []),
  ...(found.key === null ? [] : [keyItem('delete', site)]),
];
