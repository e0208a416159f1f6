import { Block, utf16be } from './bytes.ts';

/** What stands behind a name for a reader that knows extensions; `root` for the root's own entry, which says which. */
type SystemUse = (kind: 'file' | 'folder' | 'root', name: string) => Uint8Array;

/** How one of an ISO's two trees writes names. */
export interface Naming {
  readonly file: (name: string) => Buffer;
  readonly folder: (name: string) => Buffer;
  /** Fills a text field of the volume's descriptor. */
  readonly field: (text: string, size: number) => Buffer;
  readonly systemUse: SystemUse;
}

const none = Buffer.alloc(0);

const sharing = (signature: string, size: number): Block =>
  new Block(size).ascii(0, signature).u8(2, size).u8(3, 1);

// The superuser's, and read by nobody else: user-data holds what a machine joins with.
const modes = { file: 0o100400, folder: 0o040500, root: 0o040500 } as const;

const extension = 'RRIP_1991A';

// That there are extensions at all must be said before all else.
const announced = sharing('SP', 7).u8(4, 0xbe).u8(5, 0xef).bytes;
const identified = sharing('ER', 8 + extension.length)
  .u8(4, extension.length)
  .u8(7, 1)
  .ascii(8, extension).bytes;

/** Mode, links, owner and group; the name as it is. */
const rockRidge: SystemUse = (kind, name) => {
  const attributes = sharing('PX', 36)
    .both32(4, modes[kind])
    .both32(12, kind === 'file' ? 1 : 2).bytes;
  if (kind === 'root') return Buffer.concat([announced, attributes, identified]);
  if (name === '') return attributes;
  return Buffer.concat([attributes, sharing('NM', 5 + name.length).ascii(5, name).bytes]);
};

/** Capitals, digits and underscores are all that ISO 9660 itself has. */
const plainName = (name: string): string => name.toUpperCase().replaceAll(/[^A-Z0-9_.]/g, '_');

/** ISO 9660's own names, with Rock Ridge's behind them, which Linux reads. */
export const primary: Naming = {
  file: (name) => Buffer.from(`${plainName(name)}${name.includes('.') ? '' : '.'};1`),
  folder: (name) => Buffer.from(plainName(name)),
  field: (text, size) => Buffer.from(text.padEnd(size), 'latin1'),
  systemUse: rockRidge,
};

/** Joliet's names, which Windows reads. */
export const joliet: Naming = {
  file: (name) => utf16be(`${name};1`),
  folder: utf16be,
  field: (text, size) => {
    const characters = Math.floor(size / 2);
    return Buffer.concat([utf16be(text.padEnd(characters)), Buffer.alloc(size % 2)]);
  },
  systemUse: () => none,
};
