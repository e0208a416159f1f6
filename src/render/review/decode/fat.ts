import type { Allowance } from './allowance.ts';
import { Damaged } from './damaged.ts';
import { walk, within } from './volume.ts';
import type { Disk, Entry } from './volume.ts';

const entrySize = 32;

const isPower = (value: number): boolean => value > 0 && (value & (value - 1)) === 0;

/** A boot sector that says so, with a size of its sectors and clusters that there is. */
export function isFat(bytes: Uint8Array): boolean {
  const boot = Buffer.from(bytes.subarray(0, 512));
  if (boot.length < 512 || boot.readUInt16LE(510) !== 0xaa55) return false;
  const [sector, cluster, tables] = [boot.readUInt16LE(11), boot.readUInt8(13), boot.readUInt8(16)];
  return isPower(sector) && sector >= 512 && sector <= 4096 && isPower(cluster) && tables >= 1 && tables <= 2;
}

/** Where the areas of an image are, in bytes. */
interface Layout {
  readonly image: Buffer;
  readonly bits: 12 | 16 | 32;
  readonly table: Buffer;
  readonly data: number;
  readonly cluster: number;
  /** Of the fixed root folder; null where it is a chain as well. */
  readonly root: Buffer | null;
  readonly rootCluster: number;
}

function layoutOf(image: Buffer): Layout {
  const sector = image.readUInt16LE(11);
  const cluster = image.readUInt8(13) * sector;
  const reserved = image.readUInt16LE(14) * sector;
  const tables = image.readUInt8(16);
  const total = (image.readUInt16LE(19) || image.readUInt32LE(32)) * sector;
  const tableSize = (image.readUInt16LE(22) || image.readUInt32LE(36)) * sector;
  const rootAt = reserved + tables * tableSize;
  const rootSize = Math.ceil((image.readUInt16LE(17) * entrySize) / sector) * sector;
  const data = rootAt + rootSize;
  const clusters = Math.floor((total - data) / cluster);
  return {
    image,
    // The type is told by nothing else.
    bits: clusters < 4085 ? 12 : clusters < 65_525 ? 16 : 32,
    table: within(image, reserved, tableSize),
    data,
    cluster,
    root: rootSize === 0 ? null : within(image, rootAt, rootSize),
    rootCluster: rootSize === 0 ? image.readUInt32LE(44) : 0,
  };
}

function nextOf({ bits, table }: Layout, cluster: number): number {
  if (bits === 32) return within(table, cluster * 4, 4).readUInt32LE() & 0x0fffffff;
  if (bits === 16) return within(table, cluster * 2, 2).readUInt16LE();
  const pair = within(table, Math.floor(cluster * 1.5), 2).readUInt16LE();
  return cluster % 2 === 0 ? pair & 0xfff : pair >> 4;
}

/** The bytes of a chain of clusters, up to so many. Files may share clusters: what each takes is counted. */
function chain(layout: Layout, first: number, allowance: Allowance, most = Infinity): Buffer {
  const end = { 12: 0xff8, 16: 0xfff8, 32: 0x0ffffff8 }[layout.bits];
  const pieces: Buffer[] = [];
  let size = 0;
  for (let cluster = first; cluster >= 2 && cluster < end && size < most; cluster = nextOf(layout, cluster)) {
    size += layout.cluster;
    // How many clusters there are is only what the disk says of itself.
    if (size > layout.image.length) throw new Damaged('a file of its disk leads in a circle', 'make it anew');
    allowance.take(layout.cluster);
    pieces.push(within(layout.image, layout.data + (cluster - 2) * layout.cluster, layout.cluster));
  }
  return Buffer.concat(pieces);
}

interface Place {
  readonly cluster: number;
  readonly size: number;
}

const seats = [1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30];

/** The characters of a piece of a long name. */
const piece = (entry: Buffer): string =>
  seats
    .map((at) => String.fromCharCode(entry.readUInt16LE(at)))
    .join('')
    .replace(/[\0\uffff][^]*$/, '');

function shortName(entry: Buffer): string {
  const [base, extension] = [entry.toString('latin1', 0, 8).trim(), entry.toString('latin1', 8, 11).trim()];
  return (extension === '' ? base : `${base}.${extension}`).toLowerCase();
}

/** The volume's name. */
interface Label {
  readonly label: string;
}

/** The entries of a folder, and the volume's name where it has that. */
function* readFolder(folder: Buffer): Generator<Entry<Place> | Label> {
  let long = '';
  for (let at = 0; at + entrySize <= folder.length && folder[at] !== 0; at += entrySize) {
    const entry = folder.subarray(at, at + entrySize);
    const kind = entry.readUInt8(11);
    if (entry[0] === 0xe5) continue;
    if ((kind & 0x3f) === 0x0f) {
      long = piece(entry) + long;
      continue;
    }
    const name = long === '' ? shortName(entry) : long;
    long = '';
    if ((kind & 0x08) !== 0) yield { label: entry.toString('latin1', 0, 11).trim() };
    else if (entry[0] !== 0x2e) {
      const cluster = (entry.readUInt16LE(20) << 16) | entry.readUInt16LE(26);
      yield { name, isFolder: (kind & 0x10) !== 0, place: { cluster, size: entry.readUInt32LE(28) } };
    }
  }
}

function* entriesOf(folder: Buffer): Generator<Entry<Place>> {
  for (const one of readFolder(folder)) if ('name' in one) yield one;
}

function labelOf(folder: Buffer): string {
  for (const one of readFolder(folder)) if ('label' in one) return one.label;
  return '';
}

/** Reads a FAT12, FAT16 or FAT32 image with long names. */
export function readFat(bytes: Uint8Array, allowance: Allowance): Disk {
  const layout = layoutOf(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const folder = ({ cluster }: Place): Buffer =>
    cluster === 0 && layout.root !== null ? layout.root : chain(layout, cluster, allowance);
  const root: Place = { cluster: layout.rootCluster, size: 0 };
  const files = walk(
    root,
    (place) => entriesOf(folder(place)),
    ({ cluster, size }) => within(chain(layout, cluster, allowance, size), 0, size),
    allowance,
  );
  return { label: labelOf(folder(root)), files };
}
