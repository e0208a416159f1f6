/** Nobody reads more of one file, and to look through it for secrets takes time. */
const most = 256 << 10;

/** A file's text; null where it is none, or too much. */
export function textOf(bytes: Uint8Array): string | null {
  if (bytes.length > most) return null;
  const text = Buffer.from(bytes).toString('utf8');
  return text.includes('\0') || text.includes('\ufffd') ? null : text;
}
