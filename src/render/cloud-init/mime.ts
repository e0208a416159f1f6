import { sha256 } from '../../node/image.ts';

/** A part of a message: its type as cloud-init knows it, headers beside it, and its text. */
export interface MimePart {
  readonly type: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly text: string;
}

/** What needs no encoding: ASCII in lines that end as POSIX has them. */
const isPlain = (text: string): boolean => /^[\t\n -~]*$/.test(text);

/**
 * Quoted-printable (RFC 2045), which a reviewer can read and which costs little; but without its soft line breaks, that no reader
 * needs. cloud-init's takes bytes that are not ASCII for Latin-1, whatever a part's charset.
 */
const quotedPrintable = (text: string): string =>
  text.replace(/[^\t\n -<>-~]|[\t ]$/gmu, (character) =>
    Array.from(Buffer.from(character), (byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(
      '',
    ),
  );

function partText({ type, headers = {}, text }: MimePart): string {
  const [encoding, body] = isPlain(text) ? ['7bit', text] : ['quoted-printable', quotedPrintable(text)];
  const all = {
    'Content-Type': `${type}; charset="utf-8"`,
    'Content-Transfer-Encoding': encoding,
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\n`);
  return `${lines.join('')}\n${body}`;
}

/** Whether a text is a MIME message already, as cloud-init tells one. */
export const isMime = (text: string): boolean => /^mime-version:/im.test(text.slice(0, 4096));

/** A multi-part message of these parts in this order. What is a message already becomes a part as it is. */
export function mimeMessage(parts: readonly MimePart[]): string {
  const texts = parts.map((part) => (part.type.startsWith('multipart/') ? part.text : partText(part)));
  // From what it separates: the same at each run, and in none of them but by an intent that sha256 does not allow.
  const boundary = `flexgen-${sha256(texts.join('\n')).slice(0, 24)}`;
  const body = texts.map((text) => `--${boundary}\n${text}\n`).join('');
  return `MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="${boundary}"\n\n${body}--${boundary}--\n`;
}
