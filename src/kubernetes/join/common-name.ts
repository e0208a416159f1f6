/** One value of DER. */
interface Der {
  readonly tag: number;
  readonly content: Buffer;
  /** What stands behind it. */
  readonly rest: Buffer;
}

function readDer(bytes: Buffer): Der | null {
  const [tag, first] = bytes;
  if (tag === undefined || first === undefined) return null;
  // From 128 on, the length has a length.
  const more = first < 0x80 ? 0 : first & 0x7f;
  if (more > 4 || bytes.length < 2 + more) return null;
  const length = more === 0 ? first : bytes.readUIntBE(2, more);
  const start = 2 + more;
  if (bytes.length < start + length) return null;
  return { tag, content: bytes.subarray(start, start + length), rest: bytes.subarray(start + length) };
}

const sequence = 0x30;
/** 2.5.4.3 */
const commonName = Buffer.from([0x55, 0x04, 0x03]);

/** The values that stand in a constructed value, one after the other. */
function* valuesIn(content: Buffer): Generator<Der> {
  for (let value = readDer(content); value !== null; value = readDer(value.rest)) yield value;
}

/** The subject's common name in a PEM certificate signing request (PKCS #10); null where it has none, or is none. */
export function commonNameOf(pem: string): string | null {
  const base64 = /-----BEGIN (?:NEW )?CERTIFICATE REQUEST-----([^-]*)-----END/.exec(pem)?.[1];
  const request = readDer(Buffer.from(base64 ?? '', 'base64'));
  const info = request?.tag === sequence ? readDer(request.content) : null;
  // The version, then the subject: a sequence of sets of pairs.
  const [, subject] = info?.tag === sequence ? valuesIn(info.content) : [];
  for (const set of subject === undefined ? [] : valuesIn(subject.content)) {
    for (const pair of valuesIn(set.content)) {
      const [name, value] = valuesIn(pair.content);
      if (name?.content.equals(commonName) === true && value !== undefined) return value.content.toString();
    }
  }
  return null;
}
