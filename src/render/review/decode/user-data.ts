import { isMap } from '../../../config/data.ts';
import type { Allowance } from './allowance.ts';
import { fromBase64, isBase64 } from './base64.ts';
import { Damaged, pathOf } from './damaged.ts';
import { inflate, isGzip } from './inflate.ts';
import { foreignerOf, kindOfText, kindOfType } from './kinds.ts';
import type { PartKind } from './kinds.ts';
import { isMime, mimeParts } from './mime.ts';
import type { MimePart } from './mime.ts';
import type { Part } from './part.ts';
import { readYaml } from './yaml.ts';

/** What is being unwrapped, and what it is in. */
export interface Piece {
  readonly bytes: Uint8Array;
  readonly name: string;
  readonly via: readonly string[];
  /** What a reviewer should know of the envelope. */
  readonly notes?: readonly string[];
}

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

const twice = 'cloud-init decodes it once: take one encoding away';

/** A leaf: text, of what its bytes are not it is said. */
function leaf({ bytes, name, via }: Piece, kind: PartKind, more: Partial<Part> = {}): Part {
  const text = Buffer.from(bytes).toString('utf8');
  const notes = [...(more.notes ?? []), ...(text.includes('\ufffd') ? ['it is not UTF-8 text'] : [])];
  return { kind, name, via, text, jinja: false, everyBoot: false, mergeType: null, ...more, notes };
}

/** What of a part can't be told from its text. */
const untold: Partial<Record<PartKind, string>> = {
  'cloud-config-jsonp': 'it patches the cloud-configs before it: what becomes of them is not told',
  'include': 'what it lists is fetched by the machine, and was not looked into',
};

/** What is said of a part outside of its text. */
type Said = Pick<Part, 'mergeType' | 'everyBoot'>;

const nothing: Said = { mergeType: null, everyBoot: false };

/** The template's own kind stands in its second line. */
function template(piece: Piece, said: Said): Part {
  const text = latin1(piece.bytes);
  const rest = Buffer.from(text.slice(text.indexOf('\n') + 1), 'latin1');
  const kind = kindOfText(rest.toString('latin1')) ?? 'ignored';
  const notes = ['cloud-init fills in its variables (`{{ … }}`) on the machine'];
  return leaf({ ...piece, bytes: rest }, kind, { ...said, jinja: true, notes });
}

function archive(piece: Piece, allowance: Allowance): readonly Part[] {
  const read = readYaml(latin1(piece.bytes));
  const via = [...piece.via, 'cloud-config-archive'];
  if ('problem' in read || !Array.isArray(read.value)) {
    const why = 'problem' in read ? read.problem : 'it is not a list';
    throw new Damaged(`its cloud-config archive can't be read: ${why}`, 'it is a YAML list of parts');
  }
  return read.value.flatMap((entry: unknown, index): readonly Part[] => {
    const { type = '', content, filename } = isMap(entry) ? entry : { content: entry };
    const bytes = Buffer.from(typeof content === 'string' ? content : '', 'latin1');
    const name = typeof filename === 'string' ? filename : `${piece.name}-${index + 1}`;
    return typed({ bytes, name, via }, String(type), null, allowance);
  });
}

function ofKind(piece: Piece, kind: PartKind, said: Said, allowance: Allowance): readonly Part[] {
  allowance.part();
  if (kind === 'jinja') return [template(piece, said)];
  if (kind === 'cloud-config-archive') return archive(piece, allowance);
  const note = untold[kind];
  return [leaf(piece, kind, { ...said, notes: note === undefined ? [] : [note] })];
}

/** A part that says its type. */
function typed(piece: Piece, type: string, mergeType: string | null, allowance: Allowance): readonly Part[] {
  const text = latin1(piece.bytes);
  const kind = kindOfText(text) === 'jinja' ? 'jinja' : kindOfType(type, text);
  const everyBoot = type === 'text/x-shellscript-per-boot';
  if (kind !== undefined) return ofKind(piece, kind, { mergeType, everyBoot }, allowance);
  allowance.part();
  const foreign = foreignerOf(text);
  const notes = [
    foreign === undefined
      ? `cloud-init reads no part of the type ${JSON.stringify(type)}`
      : `it is for ${foreign}, not for cloud-init`,
  ];
  return [leaf(piece, foreign === undefined ? 'ignored' : 'foreign', { notes })];
}

function mimePart(
  { type, name, headers, bytes }: MimePart,
  index: number,
  parent: Piece,
  allowance: Allowance,
) {
  const piece = { bytes, name: name ?? `part-${String(index + 1).padStart(3, '0')}`, via: parent.via };
  if (type.startsWith('multipart/')) return message(piece, allowance);
  const mergeType = headers.get('merge-type') ?? headers.get('x-merge-type') ?? null;
  if (!isGzip(bytes)) return typed(piece, type, mergeType, allowance);
  const inner = { ...piece, bytes: inflate(bytes, allowance), via: [...piece.via, 'gzip'] };
  if (isGzip(inner.bytes)) throw new Damaged(`a part of it is gzipped twice (${inner.name})`, twice);
  return typed(inner, '', mergeType, allowance);
}

function message(piece: Piece, allowance: Allowance): readonly Part[] {
  const via = [...piece.via, 'mime'];
  allowance.depth(via);
  return mimeParts(latin1(piece.bytes), allowance).flatMap((part, index) =>
    mimePart(part, index, { ...piece, via }, allowance),
  );
}

const isWrapped = ({ bytes }: Piece): boolean => isGzip(bytes) || isMime(latin1(bytes));

/** User-data as its provisioner hands it over, which decodes base64 once where it stands around all of it. */
export function withoutBase64(piece: Piece, allowance: Allowance): Piece {
  const text = latin1(piece.bytes);
  if (piece.via.length > 0 || isWrapped(piece) || kindOfText(text) !== undefined || !isBase64(text))
    return piece;
  const bytes = fromBase64(text);
  allowance.take(bytes.length);
  return { ...piece, bytes, via: ['base64'] };
}

/** Base64 that nobody will decode. */
function stray(via: readonly string[]): Damaged {
  if (via.at(-1) === 'base64') return new Damaged('it is base64 twice', twice);
  if (via.includes('gzip')) return new Damaged('it is base64 within gzip', 'gzip first, then base64');
  return new Damaged(
    `it is base64 within ${pathOf(via)}`,
    'cloud-init reads that as it is: leave base64 away',
  );
}

function unwrapped(piece: Piece, allowance: Allowance): readonly Part[] {
  const { bytes, via } = piece;
  if (bytes.length === 0) throw new Damaged(`${pathOf(via)} is empty`, 'render it anew');
  if (isGzip(bytes)) {
    if (via.at(-1) === 'gzip') throw new Damaged('it is gzipped twice', twice);
    return unwrapped({ ...piece, bytes: inflate(bytes, allowance), via: [...via, 'gzip'] }, allowance);
  }
  const text = latin1(bytes);
  if (isMime(text)) return message(piece, allowance);
  const kind = kindOfText(text);
  if (kind !== undefined) return ofKind(piece, kind, nothing, allowance);
  if (isBase64(text)) throw stray(via);
  if (foreignerOf(text) !== undefined) return typed(piece, '', null, allowance);
  throw new Damaged(
    'it is nothing that cloud-init reads',
    'its first line must be #cloud-config, #!, #include, #cloud-boothook or the like, or it is a MIME message, gzip, base64 or a disk image of such',
    'unknown',
  );
}

/** User-data as a machine is given it, unwrapped to its parts as cloud-init unwraps it. */
export function userDataParts(piece: Piece, allowance: Allowance): readonly Part[] {
  const [first, ...rest] = unwrapped(piece, allowance);
  return first === undefined ? [] : [{ ...first, notes: [...(piece.notes ?? []), ...first.notes] }, ...rest];
}
