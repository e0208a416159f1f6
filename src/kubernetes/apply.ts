import type { ApiServer } from './access.ts';
import { manager, managerLabel, rbacGroup } from './binding.ts';
import type { FoundBinding, WantedBinding } from './binding.ts';
import type { Change } from './diff.ts';
import { pathOf, resource } from './read.ts';

/** The document of server-side apply; `resourceVersion` makes it fail where the binding is no longer what was seen. */
function document({ name, role, subjects }: WantedBinding, found?: FoundBinding): object {
  const seen = found === undefined ? {} : { resourceVersion: found.metadata.resourceVersion };
  return {
    apiVersion: `${rbacGroup}/v1`,
    kind: 'ClusterRoleBinding',
    metadata: { name, labels: { [managerLabel]: manager }, ...seen },
    roleRef: { apiGroup: rbacGroup, kind: 'ClusterRole', name: role },
    subjects,
  };
}

/** Only what is known to be ours is forced; a new one that somebody else made meanwhile is a conflict. */
async function put(api: ApiServer, wanted: WantedBinding, found?: FoundBinding): Promise<void> {
  const query = new URLSearchParams({
    fieldManager: manager,
    fieldValidation: 'Strict',
    ...(found === undefined ? {} : { force: 'true' }),
  });
  await api.call({
    method: 'PATCH',
    verb: 'patch',
    resource,
    path: `${pathOf(wanted.name)}?${query.toString()}`,
    body: document(wanted, found),
  });
}

/** Exactly the object that was seen, not one that has taken its name since. */
async function drop(api: ApiServer, { metadata }: FoundBinding): Promise<void> {
  const { name, uid, resourceVersion } = metadata;
  await api.call({
    method: 'DELETE',
    verb: 'delete',
    resource,
    path: pathOf(name),
    body: { apiVersion: 'v1', kind: 'DeleteOptions', preconditions: { uid, resourceVersion } },
  });
}

/** Makes one change; `keep` sends nothing. Throws ClusterRefused. */
export async function applyChange(api: ApiServer, change: Change): Promise<void> {
  switch (change.action) {
    case 'keep':
      return;
    case 'create':
      return await put(api, change.wanted);
    case 'change':
      return await put(api, change.wanted, change.found);
    case 'replace':
      await drop(api, change.found);
      return await put(api, change.wanted);
    case 'delete':
      return await drop(api, change.found);
  }
}
