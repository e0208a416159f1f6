import { Block } from './bytes.ts';
import { record, sector } from './iso-folders.ts';
import type { Extent, Listed, Places } from './iso-folders.ts';
import type { Naming } from './iso-naming.ts';

/** What the descriptor of one of the two trees says. */
export interface Descriptor {
  readonly type: 'primary' | 'joliet';
  readonly label: string;
  /** Of the whole image, in sectors. */
  readonly size: number;
  readonly root: Extent;
  /** For little- and for big-endian processors. */
  readonly pathTables: { readonly size: number; readonly little: number; readonly big: number };
}

// Sixteen zeros and no zone: "not specified".
const undated = `${'0'.repeat(16)}\0`;

/** A sector that says what follows: where the tree begins, and what the volume is called. */
export function descriptor({ type, label, size, root, pathTables }: Descriptor, { field }: Naming): Buffer {
  const block = new Block(sector)
    .u8(0, type === 'primary' ? 1 : 2)
    .ascii(1, 'CD001')
    .u8(6, 1)
    .put(8, field('', 32))
    .put(40, field(label, 32))
    .both32(80, size)
    // Which characters: those of UCS-2.
    .ascii(88, type === 'primary' ? '' : '%/E')
    .both16(120, 1)
    .both16(124, 1)
    .both16(128, sector)
    .both32(132, pathTables.size)
    .u32(140, pathTables.little)
    .put(156, record(Buffer.from([0]), 'folder', root))
    .u8(881, 1);
  block.bytes.writeUInt32BE(pathTables.big, 148);
  // The volume set, publisher, preparer and application; then three names of files.
  for (const at of [190, 318, 446, 574]) block.put(at, field('', 128));
  for (const at of [702, 739, 776]) block.put(at, field('', 37));
  for (const at of [813, 830, 847, 864]) block.ascii(at, undated);
  return block.bytes;
}

export const terminator: Buffer = new Block(sector).u8(0, 255).ascii(1, 'CD001').u8(6, 1).bytes;

/** Every folder with its place and its parent's number, for readers that do not walk. */
export function pathTable(
  all: readonly Listed[],
  { folder: nameOf }: Naming,
  places: Places,
  order: 'little' | 'big',
): Buffer {
  return Buffer.concat(
    all.map(({ folder, parent }, index) => {
      const name = index === 0 ? Buffer.from([0]) : nameOf(folder.name);
      const block = new Block(8 + name.length + (name.length % 2)).u8(0, name.length).put(8, name);
      const at = places.get(folder)?.at ?? 0;
      if (order === 'little') return block.u32(2, at).u16(6, parent + 1).bytes;
      block.bytes.writeUInt32BE(at, 2);
      block.bytes.writeUInt16BE(parent + 1, 6);
      return block.bytes;
    }),
  );
}
