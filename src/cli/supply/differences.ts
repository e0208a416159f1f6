import { artifactKey, imageKey } from '../../catalog/index.ts';
import type { Lock } from '../../catalog/index.ts';

/** One entry that another lock has otherwise. */
export interface Difference {
  readonly kind: 'added' | 'removed' | 'changed';
  /** `kubelet 1.36.4 amd64`, or an image with its architecture. */
  readonly entry: string;
}

function entries({ artifacts, images }: Lock): ReadonlyMap<string, string> {
  return new Map([
    ...artifacts.map((one) => [artifactKey(one), `${one.url} ${one.sha256} ${one.source}`] as const),
    ...images.map((one) => [imageKey(one), `${one.digest} ${one.sha256}`] as const),
  ]);
}

/** What `next` has otherwise than `before`, by name. */
export function differencesOf(before: Lock, next: Lock): readonly Difference[] {
  const [old, renewed] = [entries(before), entries(next)];
  return [...new Set([...old.keys(), ...renewed.keys()])].toSorted().flatMap((entry): Difference[] => {
    if (!old.has(entry)) return [{ kind: 'added', entry }];
    if (!renewed.has(entry)) return [{ kind: 'removed', entry }];
    return old.get(entry) === renewed.get(entry) ? [] : [{ kind: 'changed', entry }];
  });
}
