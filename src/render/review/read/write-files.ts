import { isMap } from '../../../config/data.ts';
import { fromBase85 } from '../../../encode/base85.ts';
import type { Allowance } from '../decode/allowance.ts';
import { fromBase64 } from '../decode/base64.ts';
import { Damaged } from '../decode/damaged.ts';
import { inflate, isGzip } from '../decode/inflate.ts';
import { isTar, untar } from '../decode/tar.ts';
import type { RawFile } from './file.ts';

/** cloud-init's names of the encodings. */
const gzips = new Set(['gz', 'gzip']);
const base64s = new Set(['b64', 'base64']);
const both = new Set(['gz+base64', 'gzip+base64', 'gz+b64', 'gzip+b64']);

const textOf = (value: unknown): string | null =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : null;

/** Names the file in what is wrong with its content. */
function inFile<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof Damaged) throw new Damaged(`${path}: ${error.message}`, error.hint, error.kind);
    throw error;
  }
}

/** A file's content, and how it was packed. YAML's own `!!binary` has been decoded by its reader. */
function content(path: string, entry: Readonly<Record<string, unknown>>, allowance: Allowance) {
  const raw = entry['content'];
  const bytes = raw instanceof Uint8Array ? raw : Buffer.from(textOf(raw) ?? '');
  const encoding = (textOf(entry['encoding']) ?? '').trim().toLowerCase();
  const isBoth = both.has(encoding);
  if (isBoth || base64s.has(encoding)) {
    return inFile(path, () => {
      const inner = fromBase64(Buffer.from(bytes).toString('latin1'));
      return isBoth
        ? { bytes: inflate(inner, allowance), packed: 'gz+b64' }
        : { bytes: inner, packed: 'b64' };
    });
  }
  if (gzips.has(encoding)) return inFile(path, () => ({ bytes: inflate(bytes, allowance), packed: 'gzip' }));
  return { bytes, packed: null };
}

/** cloud-init takes a text for octal digits and a bare number as YAML has read it, which for 0644 is octal too. */
function modeOf(value: unknown): number {
  if (typeof value === 'number') return value & 0o7777;
  const mode = typeof value === 'string' ? Number.parseInt(value.replace(/^0o/, ''), 8) : Number.NaN;
  return Number.isNaN(mode) ? 0o644 : mode & 0o7777;
}

function denseBytes(bytes: Uint8Array): Uint8Array {
  const held = fromBase85(Buffer.from(bytes).toString('latin1').trim());
  if (held === undefined) throw new Damaged('its base85 is damaged', 'copy it whole');
  return held;
}

/** The files of an archive that is unpacked, in the place of the archive itself. */
function unpacked(file: RawFile, commands: readonly string[], allowance: Allowance): readonly RawFile[] {
  const { path } = file;
  const dense = commands.some((one) => one.includes('b85decode') && one.includes(path));
  const held = dense ? inFile(path, () => denseBytes(file.bytes)) : file.bytes;
  const bytes = isGzip(held) ? inFile(path, () => inflate(held, allowance)) : held;
  if (!isTar(bytes)) return [file];
  const command = commands.find((one) => /\btar\b/.test(one) && one.includes(path));
  const folder = /\s(?:-C|--directory=?)\s*(\/\S*)/.exec(command ?? '')?.[1];
  // Where nobody unpacks it, it stays an archive that one can look into.
  const place = command === undefined ? `${path}!/` : `${(folder ?? '/').replace(/\/+$/, '')}/`;
  const packed = `archive ${path}`;
  return inFile(path, () => untar(bytes, allowance)).map(({ path: name, mode, bytes: inner }) => ({
    ...file,
    path: place + name.replace(/^(\.?\/)+/, ''),
    mode,
    bytes: inner,
    packed,
  }));
}

/** What `write_files` of a part writes. `commands`: those of the payload, one of which may unpack an archive. */
export function writeFiles(
  list: unknown,
  part: string,
  commands: readonly string[],
  allowance: Allowance,
): readonly RawFile[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((entry: unknown): readonly RawFile[] => {
    if (!isMap(entry)) return [];
    allowance.file();
    const path = textOf(entry['path']) ?? '(no path)';
    const { source } = entry;
    const file: RawFile = {
      path,
      mode: modeOf(entry['permissions']),
      owner: textOf(entry['owner']),
      ...content(path, entry, allowance),
      part,
      append: entry['append'] === true,
      source: isMap(source) ? textOf(source['uri']) : null,
    };
    return unpacked(file, commands, allowance);
  });
}
