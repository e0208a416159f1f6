import { Block } from './bytes.ts';
import { entrySize } from './fat-names.ts';

export const sector = 512;

/** FAT12 is what has fewer clusters than 4085: the type is told by nothing else. */
export const mostClusters = 4084;

/** Twelve bits for each cluster that there may be, and for the two before the first. */
const tableSectors = Math.ceil(((mostClusters + 2) * 1.5) / sector);

export const rootEntries = 512;

/** Before the data: the boot sector, the table twice, and the root folder. */
export const reserved = 1 + 2 * tableSectors + (rootEntries * entrySize) / sector;

/** Sectors of a track times heads: some readers want whole cylinders. */
const geometry = { track: 32, heads: 2 } as const;
export const cylinder = geometry.track * geometry.heads;

/** The boot sector, of a disk that nothing boots from. */
export function bootSector(label: string, serial: number, clusterSectors: number, sectors: number): Buffer {
  return new Block(sector)
    .put(0, Buffer.from([0xeb, 0x3c, 0x90]))
    .ascii(3, 'flexgen ')
    .u16(11, sector)
    .u8(13, clusterSectors)
    .u16(14, 1)
    .u8(16, 2)
    .u16(17, rootEntries)
    .u16(19, sectors < 0x10000 ? sectors : 0)
    .u8(21, 0xf8)
    .u16(22, tableSectors)
    .u16(24, geometry.track)
    .u16(26, geometry.heads)
    .u32(32, sectors < 0x10000 ? 0 : sectors)
    .u8(36, 0x80)
    .u8(38, 0x29)
    .u32(39, serial)
    .ascii(43, label.padEnd(11))
    .ascii(54, 'FAT12   ')
    .u16(510, 0xaa55).bytes;
}

/** The chain of clusters of each piece: of each cluster the one that follows. */
export function allocationTable(lengths: readonly number[]): Buffer {
  const last = 0xfff;
  const next = [0xff8, last];
  for (const length of lengths) {
    for (let rest = length - 1; rest > 0; rest--) next.push(next.length + 1);
    next.push(last);
  }
  const table = Buffer.alloc(tableSectors * sector);
  for (const [cluster, value] of next.entries()) {
    const at = Math.floor(cluster * 1.5);
    const bits = cluster % 2 === 0 ? value : value << 4;
    table.writeUInt16LE(table.readUInt16LE(at) | bits, at);
  }
  return table;
}
