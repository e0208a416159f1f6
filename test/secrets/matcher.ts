interface Needle {
  readonly name: string;
  readonly bytes: Buffer;
}

/** How much of each text is compared at once. */
const head = 4;

/**
 * Looks for hundreds of texts at once, in one pass: a machine has hundreds of megabytes of files. Gives the names of those
 * that are there.
 */
export function matcher(
  texts: readonly (readonly [string, string])[],
): (bytes: Buffer) => ReadonlySet<string> {
  const begins = new Uint8Array(1 << 16);
  const byHead = new Map<number, Needle[]>();
  for (const [name, text] of texts) {
    const bytes = Buffer.from(text);
    if (bytes.length < head) throw new Error(`a text of ${name} is too short to be looked for`);
    begins[bytes.readUInt16LE(0)] = 1;
    const key = bytes.readUInt32LE(0);
    byHead.set(key, [...(byHead.get(key) ?? []), { name, bytes }]);
  }
  return (bytes) => {
    const found = new Set<string>();
    for (let at = 0; at + head <= bytes.length; at += 1) {
      // Nearly every place ends here.
      if (begins[(bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8)] === 0) continue;
      for (const needle of byHead.get(bytes.readUInt32LE(at)) ?? []) {
        const end = at + needle.bytes.length;
        if (bytes.compare(needle.bytes, 0, needle.bytes.length, at, Math.min(end, bytes.length)) === 0)
          found.add(needle.name);
      }
    }
    return found;
  };
}
