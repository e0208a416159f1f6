import type { Allowance } from './allowance.ts';
import { Damaged } from './damaged.ts';
import { walk, within } from './volume.ts';
import type { Disk, Entry } from './volume.ts';

const sector = 2048;
const firstDescriptor = 16;

export const isIso = (bytes: Uint8Array): boolean =>
  Buffer.from(bytes.subarray(0x8001, 0x8006)).toString('latin1') === 'CD001';

/** A folder or a file: its first byte, and how many. */
interface Extent {
  readonly at: number;
  readonly size: number;
}

/** How one of the trees of an image writes names. */
type Names = 'rock ridge' | 'joliet' | 'plain';

const extentOf = (record: Buffer): Extent => ({
  at: record.readUInt32LE(2) * sector,
  size: record.readUInt32LE(10),
});

/** The name that Rock Ridge has behind a record; undefined where it has none. */
function rockRidge(image: Buffer, systemUse: Buffer): string | undefined {
  let name: string | undefined;
  let area = systemUse;
  // One more area may go on elsewhere; no name needs two.
  for (let areas = 0; areas < 2; areas++) {
    let next: Buffer | undefined;
    for (let at = 0; at + 4 <= area.length;) {
      const size = area.readUInt8(at + 2);
      if (size < 4 || at + size > area.length) break;
      const kind = area.toString('latin1', at, at + 2);
      if (kind === 'NM') name = (name ?? '') + area.toString('utf8', at + 5, at + size);
      if (kind === 'CE' && size >= 28)
        next = within(
          image,
          area.readUInt32LE(at + 4) * sector + area.readUInt32LE(at + 12),
          // It is within one sector; one that says more would be read again for each name.
          Math.min(area.readUInt32LE(at + 20), sector),
        );
      at += size;
    }
    if (next === undefined) break;
    area = next;
  }
  return name;
}

function nameOf(image: Buffer, record: Buffer, names: Names): string {
  const length = record.readUInt8(32);
  const identifier = record.subarray(33, 33 + length);
  if (names === 'joliet') return Buffer.from(identifier).swap16().toString('utf16le').replace(/;\d+$/, '');
  const plain = identifier.toString('latin1').replace(/;\d+$/, '').replace(/\.$/, '').toLowerCase();
  if (names === 'plain') return plain;
  return rockRidge(image, record.subarray(33 + length + ((length + 1) % 2))) ?? plain;
}

function* records(folder: Buffer): Generator<Buffer> {
  for (let at = 0; at < folder.length;) {
    const size = folder.readUInt8(at);
    // No record goes over the end of a sector.
    if (size === 0) at = (Math.floor(at / sector) + 1) * sector;
    else if (size < 34 || at + size > folder.length)
      throw new Damaged('a folder of its CD is damaged', 'make it anew');
    else {
      yield folder.subarray(at, at + size);
      at += size;
    }
  }
}

function* entries(image: Buffer, { at, size }: Extent, names: Names): Generator<Entry<Extent>> {
  for (const record of records(within(image, at, size))) {
    // Itself, and the folder that it is in.
    if (record.readUInt8(32) === 1 && record.readUInt8(33) <= 1) continue;
    yield {
      name: nameOf(image, record, names),
      place: extentOf(record),
      isFolder: (record.readUInt8(25) & 2) !== 0,
    };
  }
}

/** Reads an ISO 9660 image by the best names that it has: Rock Ridge's, Joliet's, its own. */
export function readIso(bytes: Uint8Array, allowance: Allowance): Disk {
  const image = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let primary: Buffer | undefined;
  let joliet: Buffer | undefined;
  for (let at = firstDescriptor; at < firstDescriptor + 32; at++) {
    const descriptor = within(image, at * sector, sector);
    const type = descriptor.readUInt8(0);
    if (descriptor.toString('latin1', 1, 6) !== 'CD001' || type === 255) break;
    if (type === 1) primary ??= descriptor;
    if (type === 2 && /^%\/[@CE]/.test(descriptor.toString('latin1', 88, 91))) joliet ??= descriptor;
  }
  if (primary === undefined) throw new Damaged('its CD has no volume', 'make it anew');
  const label = primary.toString('latin1', 40, 72).trim();
  const root = extentOf(primary.subarray(156));
  const first = within(image, root.at, Math.min(root.size, sector));
  const hasRockRidge = first.subarray(0, first.readUInt8(0)).includes('SP');
  const [names, from]: [Names, Extent] = hasRockRidge
    ? ['rock ridge', root]
    : joliet === undefined
      ? ['plain', root]
      : ['joliet', extentOf(joliet.subarray(156))];
  const files = walk(
    from,
    (place) => entries(image, place, names),
    ({ at, size }) => within(image, at, size),
    allowance,
  );
  return { label, files };
}
