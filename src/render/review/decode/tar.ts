import type { Allowance } from './allowance.ts';
import { Damaged } from './damaged.ts';

/** A plain file of a tar archive. */
export interface TarFile {
  readonly path: string;
  readonly mode: number;
  readonly bytes: Uint8Array;
}

const block = 512;

const textAt = (header: Buffer, start: number, length: number): string =>
  header
    .subarray(start, start + length)
    .toString('latin1')
    .replace(/\0[^]*$/, '');

/** Octal digits and nothing else: a size below zero would lead back. */
function numberAt(header: Buffer, start: number, length: number): number {
  const text = textAt(header, start, length).trim();
  return /^[0-7]*$/.test(text) ? Number.parseInt(text || '0', 8) : Number.NaN;
}

export const isTar = (bytes: Uint8Array): boolean =>
  bytes.length >= block && Buffer.from(bytes.subarray(257, 262)).toString('latin1') === 'ustar';

/** The files of a ustar archive; GNU's long names are read too. */
export function untar(bytes: Uint8Array, allowance: Allowance): readonly TarFile[] {
  const all = Buffer.from(bytes);
  const files: TarFile[] = [];
  let longName: string | undefined;
  for (let at = 0; at + block <= all.length && all[at] !== 0;) {
    const header = all.subarray(at, at + block);
    const size = numberAt(header, 124, 12);
    const sum = header.reduce((total, byte, index) => total + (index >= 148 && index < 156 ? 32 : byte), 0);
    if (sum !== numberAt(header, 148, 8)) throw new Damaged('an archive in it is damaged', 'make it anew');
    if (!Number.isSafeInteger(size) || at + block + size > all.length)
      throw new Damaged('an archive in it is cut off', 'make it anew');
    const content = all.subarray(at + block, at + block + size);
    const type = String.fromCharCode(header[156] ?? 0);
    const prefix = textAt(header, 345, 155);
    const name = longName ?? (prefix === '' ? '' : `${prefix}/`) + textAt(header, 0, 100);
    longName = type === 'L' ? content.toString('latin1').replace(/\0[^]*$/, '') : undefined;
    if (type === '0' || type === '\0') {
      allowance.file();
      files.push({ path: name, mode: numberAt(header, 100, 8) & 0o7777, bytes: content });
    }
    at += block + Math.ceil(size / block) * block;
  }
  return files;
}
