import type { ApiServer } from './api-server.ts';
import { listIn } from './json.ts';
import { collectionPath, objectPath, resourceOf, titleOf } from './kinds.ts';
import type { Kind, ObjectId } from './kinds.ts';
import { foundObject, isOurs, manager, managerLabel } from './object.ts';
import type { FoundObject } from './object.ts';

/** Those of the objects that are there, by `titleOf`. */
export async function readObjects(
  api: ApiServer,
  ids: readonly ObjectId[],
): Promise<ReadonlyMap<string, FoundObject>> {
  const answers = await Promise.allSettled(
    ids.map(async (id) => {
      const { kind, namespace } = id;
      const resource = resourceOf(kind, namespace);
      return foundObject(kind, await api.call({ verb: 'get', resource, path: objectPath(id) }));
    }),
  );
  const objects = new Map<string, FoundObject>();
  for (const answer of answers) {
    // Of several refusals always the same is told.
    if (answer.status === 'rejected') throw answer.reason;
    if (answer.value !== undefined) objects.set(titleOf(answer.value), answer.value);
  }
  return objects;
}

/** All objects of a kind that flexgen has made, in one namespace where the kind has them. */
export async function readOurs(
  api: ApiServer,
  kind: Kind,
  namespace: string | null,
): Promise<readonly FoundObject[]> {
  const selector = encodeURIComponent(`${managerLabel}=${manager}`);
  const path = `${collectionPath(kind, namespace)}?labelSelector=${selector}`;
  const resource = resourceOf(kind, namespace);
  const list = await api.call({ verb: 'list', resource, path });
  return listIn(list, 'items')
    .flatMap((item) => foundObject(kind, item) ?? [])
    .filter(isOurs);
}
