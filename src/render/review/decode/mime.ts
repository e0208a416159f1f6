import type { Allowance } from './allowance.ts';
import { fromBase64 } from './base64.ts';
import { Damaged } from './damaged.ts';

/** A part of a MIME message, its content decoded once. */
export interface MimePart {
  /** In lower case, e.g. `text/cloud-config`. */
  readonly type: string;
  readonly name: string | null;
  readonly headers: ReadonlyMap<string, string>;
  readonly bytes: Uint8Array;
}

/** As cloud-init does: by a header near the start. */
export const isMime = (text: string): boolean =>
  /^(mime-version|content-type):/im.test(text.slice(0, 4096)) && !/^\s*#/.test(text);

function headersOf(text: string): Map<string, string> {
  const unfolded = text.replace(/\r?\n[ \t]+/g, ' ');
  const pairs = unfolded.split(/\r?\n/).flatMap((line): [string, string][] => {
    const colon = line.indexOf(':');
    return colon < 1 ? [] : [[line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]];
  });
  return new Map(pairs);
}

function parameter(header: string, name: string): string | null {
  const found = new RegExp(`;\\s*${name}\\s*=\\s*(?:"((?:\\\\.|[^"\\\\])*)"|([^;\\s]+))`, 'i').exec(header);
  return found === null ? null : (found[1]?.replace(/\\(.)/g, '$1') ?? found[2] ?? null);
}

function quotedPrintable(text: string): Buffer {
  const joined = text.replace(/=\r?\n/g, '');
  return Buffer.from(
    joined.replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );
}

function content(body: string, headers: ReadonlyMap<string, string>): Uint8Array {
  const encoding = (headers.get('content-transfer-encoding') ?? '7bit').toLowerCase();
  switch (encoding) {
    case 'base64':
      return fromBase64(body);
    case 'quoted-printable':
      return quotedPrintable(body);
    case '7bit':
    case '8bit':
    case 'binary':
      return Buffer.from(body, 'latin1');
    default:
      throw new Damaged(
        `a MIME part has the unknown transfer encoding ${JSON.stringify(encoding)}`,
        'use base64, quoted-printable, 7bit, 8bit or binary',
      );
  }
}

/** The bodies between the lines of a boundary. A message may have millions of lines: none is copied that is no boundary. */
function split(body: string, boundary: string, allowance: Allowance): string[] {
  const mark = `--${boundary}`;
  const parts: string[] = [];
  let from: number | undefined;
  for (let at = 0, next = 0; at < body.length; at = next) {
    next = body.indexOf('\n', at) + 1 || body.length;
    if (!body.startsWith(mark, at)) continue;
    const line = body.slice(at, next).trimEnd();
    const closes = line === `${mark}--`;
    if (!closes && line !== mark) continue;
    if (from !== undefined) parts.push(body.slice(from, Math.max(from, at - 1)).replace(/\r$/, ''));
    allowance.atMost(parts.length);
    if (closes) return parts;
    from = next;
  }
  throw new Damaged(
    from === undefined
      ? 'its MIME message has no part'
      : 'its MIME message is cut off: the last boundary is missing',
    `it must end with the line --${boundary.slice(0, 70)}--`,
  );
}

/** The parts of a message, itself where it has none; those that are messages of their own stay whole. `text` is Latin-1. */
export function mimeParts(text: string, allowance: Allowance): readonly MimePart[] {
  const whole = messageOf(text);
  const type = whole.headers.get('content-type') ?? '';
  if (!/^multipart\//i.test(type)) return [partOf(text)];
  const boundary = parameter(type, 'boundary');
  if (boundary === null || boundary === '') {
    throw new Damaged('its MIME message names no boundary', 'Content-Type: multipart/mixed; boundary="…"');
  }
  return split(whole.body, boundary, allowance).map(partOf);
}

function messageOf(text: string): { headers: Map<string, string>; body: string } {
  // An mbox line, as `cloud-init devel make-mime` and mail programs may write one.
  const bare = text.replace(/^From [^\n]*\n/, '');
  const end = /(?:^|\n)\r?\n/.exec(bare);
  if (end === null) return { headers: headersOf(bare), body: '' };
  return { headers: headersOf(bare.slice(0, end.index)), body: bare.slice(end.index + end[0].length) };
}

function partOf(text: string): MimePart {
  const { headers, body } = messageOf(text);
  const header = headers.get('content-type') ?? 'text/plain';
  const type = (header.split(';')[0] ?? '').trim().toLowerCase();
  const name = parameter(headers.get('content-disposition') ?? '', 'filename') ?? parameter(header, 'name');
  // What is multi-part itself is read as a message again.
  const bytes = type.startsWith('multipart/') ? Buffer.from(text, 'latin1') : content(body, headers);
  return { type, name, headers, bytes };
}
