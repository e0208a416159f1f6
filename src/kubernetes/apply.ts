import type { ApiServer } from './api-server.ts';
import type { Change } from './diff.ts';
import { apiVersionOf, factsOf, objectPath, resourceOf } from './kinds.ts';
import { manager, managerLabel } from './object.ts';
import type { FoundObject, WantedObject } from './object.ts';

/** Exactly the object that was seen; where a controller counts its versions up, at least not one that has taken its name. */
const seen = ({ kind, uid, resourceVersion }: FoundObject): object =>
  factsOf(kind).hasStatus ? { uid } : { uid, resourceVersion };

/** The document of server-side apply; it fails where the object is no longer what was seen. */
function document({ kind, namespace, name, labels, content }: WantedObject, found?: FoundObject): object {
  return {
    apiVersion: apiVersionOf(kind),
    kind,
    metadata: {
      name,
      ...(namespace === null ? {} : { namespace }),
      labels: { [managerLabel]: manager, ...labels },
      ...(found === undefined ? {} : seen(found)),
    },
    ...content,
  };
}

/** Only what is known to be ours is forced; a new one that somebody else made meanwhile is a conflict. */
async function put(api: ApiServer, wanted: WantedObject, found?: FoundObject): Promise<void> {
  const query = new URLSearchParams({
    fieldManager: manager,
    fieldValidation: 'Strict',
    ...(found === undefined ? {} : { force: 'true' }),
  });
  await api.call({
    verb: 'patch',
    resource: resourceOf(wanted.kind, wanted.namespace),
    path: `${objectPath(wanted)}?${query.toString()}`,
    body: document(wanted, found),
  });
}

async function drop(api: ApiServer, found: FoundObject): Promise<void> {
  await api.call({
    verb: 'delete',
    resource: resourceOf(found.kind, found.namespace),
    path: objectPath(found),
    body: { apiVersion: 'v1', kind: 'DeleteOptions', preconditions: seen(found) },
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
