import type { BakeWish } from './bake-layer.ts';
import type { Release } from './machines/machine.ts';
import { timed } from './services/progress.ts';
import type { Site } from './site.ts';

/** Makes something of a wish's nodes; `name` is this bake's alone. */
type Bake<T> = (site: Site, release: Release, wish: BakeWish, name: string) => Promise<T>;

/** The same bake, once for each release and wish of a site: whoever asks again shares what was made, or why it failed. */
export function oncePerWish<T>(
  kind: string,
  bake: Bake<T>,
): (...args: [Site, Release, BakeWish]) => Promise<T> {
  const bakes = new WeakMap<Site, Map<string, Promise<T>>>();
  return (site, release, wish) => {
    const known = bakes.get(site) ?? new Map<string, Promise<T>>();
    bakes.set(site, known);
    const key = JSON.stringify([release, wish]);
    const name = `${kind}-${release}-${wish.auth}-${known.size}`;
    const made = known.get(key) ?? timed(`baking ${name}`, () => bake(site, release, wish, name));
    known.set(key, made);
    return made;
  };
}
