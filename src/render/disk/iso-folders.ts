import { Block, padded } from './bytes.ts';
import type { Naming } from './iso-naming.ts';
import type { File, Folder } from './tree.ts';

/** A CD's. */
export const sector = 2048;

/** Where something lies: its first sector, and its bytes. */
export interface Extent {
  readonly at: number;
  readonly size: number;
}

/** The first day that both file systems know, in UTC: an image says nothing of when it was made. */
const day = Buffer.from([80, 1, 1, 0, 0, 0, 0]);

const self = Buffer.from([0]);
const parent = Buffer.from([1]);

/** One entry of a folder. */
export function record(
  identifier: Uint8Array,
  kind: 'file' | 'folder',
  { at, size }: Extent,
  systemUse: Uint8Array = Buffer.alloc(0),
): Buffer {
  const named = padded(Buffer.concat([Buffer.alloc(33), identifier]), 2);
  const whole = padded(Buffer.concat([named, systemUse]), 2);
  return new Block(whole.length)
    .put(0, whole)
    .u8(0, whole.length)
    .both32(2, at)
    .both32(10, size)
    .put(18, day)
    .u8(25, kind === 'folder' ? 2 : 0)
    .both16(28, 1)
    .u8(32, identifier.length).bytes;
}

/** A folder in the order of the path table: level by level. */
export interface Listed {
  readonly folder: Folder;
  /** Its place in the list. */
  readonly parent: number;
}

/** All folders, level by level, the root first and as its own parent. */
export function levels(root: Folder): readonly Listed[] {
  const all: Listed[] = [{ folder: root, parent: 0 }];
  // The list grows while it is read.
  for (const [index, { folder }] of all.entries()) {
    all.push(...folder.folders.map((child) => ({ folder: child, parent: index })));
  }
  return all;
}

/** Where each folder of one tree and each file lies. */
export type Places = ReadonlyMap<Folder | File, Extent>;

const nowhere: Extent = { at: 0, size: 0 };

/** The entries of a folder. None goes over the end of a sector. */
export function entries(
  { folder, parent: above }: Listed,
  all: readonly Listed[],
  { file, folder: folderName, systemUse }: Naming,
  places: Places,
): Buffer {
  const at = (it: Folder | File | undefined): Extent => (it && places.get(it)) ?? nowhere;
  const named = [
    ...folder.folders.map((it) => ({ id: folderName(it.name), kind: 'folder' as const, it })),
    ...folder.files.map((it) => ({ id: file(it.name), kind: 'file' as const, it })),
  ].toSorted((a, b) => Buffer.compare(a.id, b.id));
  const own = all[0]?.folder === folder ? 'root' : 'folder';
  const records = [
    record(self, 'folder', at(folder), systemUse(own, '')),
    record(parent, 'folder', at(all[above]?.folder), systemUse('folder', '')),
    ...named.map(({ id, kind, it }) => record(id, kind, at(it), systemUse(kind, it.name))),
  ];
  let bytes = Buffer.alloc(0);
  for (const next of records) {
    const over = (bytes.length % sector) + next.length > sector;
    bytes = Buffer.concat([over ? padded(bytes, sector) : bytes, next]);
  }
  return padded(bytes, sector);
}
