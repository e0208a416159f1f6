import type { ApiServer } from './access.ts';
import { isFoundBinding, manager, managerLabel, rbacGroup } from './binding.ts';
import type { FoundBinding } from './binding.ts';

export const resource = 'clusterrolebindings';
const collection = `/apis/${rbacGroup}/v1/${resource}`;

/** The path of one binding; names have colons, and may have anything else where others made them. */
export function pathOf(name: string): string {
  return `${collection}/${encodeURIComponent(name)}`;
}

/** Those of the bindings that are there, by name. */
export async function readBindings(
  api: ApiServer,
  names: readonly string[],
): Promise<ReadonlyMap<string, FoundBinding>> {
  const answers = await Promise.all(
    names.map((name) => api.call({ method: 'GET', verb: 'get', resource, path: pathOf(name) })),
  );
  return new Map(answers.filter(isFoundBinding).map((binding) => [binding.metadata.name, binding]));
}

/** All bindings with flexgen's label. */
export async function labelledBindings(api: ApiServer): Promise<readonly FoundBinding[]> {
  const selector = encodeURIComponent(`${managerLabel}=${manager}`);
  const path = `${collection}?labelSelector=${selector}`;
  const list = await api.call({ method: 'GET', verb: 'list', resource, path });
  const items: unknown = typeof list === 'object' && list !== null && 'items' in list ? list.items : [];
  return Array.isArray(items) ? items.filter(isFoundBinding) : [];
}
