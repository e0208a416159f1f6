import type { Allowance } from './allowance.ts';
import { Damaged } from './damaged.ts';

/** A disk image's label and files, by their paths. */
export interface Disk {
  readonly label: string;
  readonly files: ReadonlyMap<string, Uint8Array>;
}

const cut = 'copy it whole, and compare its digest';

/** A part of an image; what lies beyond its end is a cut. */
export function within(image: Buffer, at: number, size: number): Buffer {
  if (at < 0 || size < 0 || at + size > image.length)
    throw new Damaged('its disk image is cut off: a part of it lies beyond its end', cut);
  return image.subarray(at, at + size);
}

/** A folder that is still to be read. */
interface Pending<T> {
  readonly path: string;
  readonly depth: number;
  readonly place: T;
}

/** What a folder has, as its file system says it. */
export interface Entry<T> {
  readonly name: string;
  readonly place: T;
  readonly isFolder: boolean;
}

/** No provisioner's drive is deeper; a damaged one may lead in a circle. */
const deepest = 8;

/** Walks the folders of an image, and gives every file. `entries` are taken one by one: a folder may have no end. */
export function walk<T>(
  root: T,
  entries: (place: T) => Iterable<Entry<T>>,
  content: (place: T) => Uint8Array,
  allowance: Allowance,
): ReadonlyMap<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  const pending: Pending<T>[] = [{ path: '', depth: 0, place: root }];
  for (const { path, depth, place } of pending) {
    for (const entry of entries(place)) {
      allowance.file();
      const name = `${path}${entry.name}`;
      if (!entry.isFolder) files.set(name, content(entry.place));
      else if (depth < deepest) pending.push({ path: `${name}/`, depth: depth + 1, place: entry.place });
      else throw new Damaged(`its disk image has folders more than ${deepest} deep`, cut);
    }
  }
  return files;
}
