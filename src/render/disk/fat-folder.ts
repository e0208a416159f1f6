import { Block } from './bytes.ts';
import { entrySize, longName, shortName } from './fat-names.ts';
import type { File, Folder } from './tree.ts';

/** What an entry is: a file that may only be read, a folder, the volume's own name. */
const kinds = { file: 0x01, folder: 0x10, volume: 0x08 } as const;

/** 1980-01-01, the first day that FAT knows: an image says nothing of when it was made. */
const day = 0x21;

/** One entry; what has no bytes has no cluster. */
function entry(short: Buffer, kind: keyof typeof kinds, cluster = 0, size = 0): Buffer {
  return new Block(entrySize)
    .put(0, short)
    .u8(11, kinds[kind])
    .u16(16, day)
    .u16(18, day)
    .u16(24, day)
    .u16(26, cluster)
    .u32(28, size).bytes;
}

/** The first cluster of each folder and file. */
export type Clusters = ReadonlyMap<Folder | File, number>;

const dots = (name: string): Buffer => Buffer.from(name.padEnd(11));

/** The entries of a folder below the root, or of the root itself where it has a label. */
export function folderEntries(
  folder: Folder,
  clusters: Clusters,
  above: { readonly label: string } | { readonly parent: Folder },
): Buffer {
  const first =
    'label' in above
      ? [entry(dots(above.label), 'volume')]
      : [
          entry(dots('.'), 'folder', clusters.get(folder)),
          // The root is 0 there.
          entry(dots('..'), 'folder', clusters.get(above.parent)),
        ];
  const named = [
    ...folder.folders.map((it) => ({ it, kind: 'folder' as const, size: 0 })),
    ...folder.files.map((it) => ({ it, kind: 'file' as const, size: it.content.length })),
  ];
  return Buffer.concat([
    ...first,
    ...named.flatMap(({ it, kind, size }, index) => {
      const short = shortName(it.name, index + 1);
      return [longName(it.name, short), entry(short, kind, clusters.get(it), size)];
    }),
  ]);
}
