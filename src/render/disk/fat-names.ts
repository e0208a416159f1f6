import { Block } from './bytes.ts';

/** A folder's entry is of this size, and so is each piece of a long name. */
export const entrySize = 32;

const capital = (text: string): string => text.toUpperCase().replaceAll(/[^A-Z0-9_-]/g, '_');

const isShort = (name: string): boolean => /^[A-Z0-9_-]{1,8}(?:\.[A-Z0-9_-]{1,3})?$/.test(name);

/**
 * The name in eleven characters that each file must have too. `number` tells those apart that begin alike; a name that is
 * short as it is stays so.
 */
export function shortName(name: string, number: number): Buffer {
  const dot = name.lastIndexOf('.');
  const [base, extension] = dot > 0 ? [name.slice(0, dot), name.slice(dot + 1)] : [name, ''];
  const tail = isShort(name) ? '' : `~${number}`;
  const stem = capital(base).slice(0, 8 - tail.length) + tail;
  return Buffer.from(stem.padEnd(8) + capital(extension).slice(0, 3).padEnd(3), 'latin1');
}

/** By which a reader knows that a long name belongs to the short one behind it. */
function checksum(short: Buffer): number {
  return short.reduce((sum, byte) => (((sum & 1) << 7) + (sum >> 1) + byte) & 0xff, 0);
}

/** Where the characters of one piece stand. */
const seats = [1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30];

/** The entries that hold a long name, the last piece first, as they stand before the short one. */
export function longName(name: string, short: Buffer): Buffer {
  if (isShort(name)) return Buffer.alloc(0);
  const pieces = Math.ceil(name.length / seats.length);
  const list = Array.from({ length: pieces }, (_, index) => {
    const block = new Block(entrySize)
      .u8(0, index + 1 === pieces ? 0x40 | pieces : index + 1)
      .u8(11, 0x0f)
      .u8(13, checksum(short));
    for (const [seat, at] of seats.entries()) {
      const place = index * seats.length + seat;
      // Ended by a zero, then filled up.
      block.u16(at, place < name.length ? name.charCodeAt(place) : place === name.length ? 0 : 0xffff);
    }
    return block.bytes;
  });
  return Buffer.concat(list.toReversed());
}
