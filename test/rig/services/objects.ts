import { isDeepStrictEqual } from 'node:util';
import type { ControlPlane } from './control-plane.ts';
import { until } from './processes.ts';

/** An object as kubectl lists it. */
export interface Listed {
  readonly kind: string;
  readonly metadata: Readonly<Record<string, unknown>> & {
    readonly name: string;
    readonly namespace?: string;
  };
}

/** What changes while nobody does anything. */
const restless = new Set([
  'events',
  'events.events.k8s.io',
  'leases.coordination.k8s.io',
  'componentstatuses',
]);

/** The object without what the API server counts and dates. */
export function withoutCounts({ metadata, ...rest }: Listed): object {
  const { uid: _uid, resourceVersion: _version, creationTimestamp: _time, ...kept } = metadata;
  return { ...rest, metadata: kept };
}

/** Every object of every kind, by kind, namespace and name; but events and what holds a lease. */
export async function objectsIn({
  kubectl,
}: Pick<ControlPlane, 'kubectl'>): Promise<Readonly<Record<string, object>>> {
  const kinds = (await kubectl(['api-resources', '--verbs=list', '-o', 'name']))
    .split('\n')
    .filter((name) => name !== '' && !restless.has(name));
  const list: { readonly items: readonly Listed[] } = JSON.parse(
    await kubectl(['get', kinds.join(','), '-A', '-o', 'json']),
  );
  return Object.fromEntries(
    list.items.map((item) => {
      const { kind, metadata } = item;
      return [`${kind} ${metadata.namespace ?? ''}/${metadata.name}`, withoutCounts(item)];
    }),
  );
}

/** What `look` sees of a cluster once its controllers are done: twice the same. */
export async function atRest<Seen extends object>(look: () => Promise<Seen>): Promise<Seen> {
  let now = await look();
  const isAtRest = async (): Promise<boolean> => {
    const before = now;
    now = await look();
    return isDeepStrictEqual(before, now);
  };
  await until('a cluster at rest', isAtRest, { seconds: 120 });
  return now;
}
