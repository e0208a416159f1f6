import { sha256 } from '../../node/image.ts';

/** A part of a message: its type as cloud-init knows it, headers beside it, and its text. */
export interface MimePart {
  readonly type: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly text: string;
}

/** Python's reader of a message takes what is not ASCII for Latin-1, whatever its charset: that goes as base64. */
const isAscii = (text: string): boolean => /^[\0-\x7f]*$/.test(text);

/** Lines of 76 characters, as RFC 2045 has them. */
const base64Lines = (text: string): string =>
  Buffer.from(text)
    .toString('base64')
    .replace(/.{1,76}/g, '$&\n')
    .trimEnd();

function partText({ type, headers = {}, text }: MimePart): string {
  const [encoding, body] = isAscii(text) ? ['7bit', text] : ['base64', base64Lines(text)];
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
