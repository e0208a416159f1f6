/** RFC 1924's digits, which Python's `base64.b85decode` reads; none of them means anything to YAML within quotes. */
const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~';

/** Four bytes as five digits: a quarter more than the bytes, where base64 has a third. */
export function base85(bytes: Uint8Array): string {
  const padding = (4 - (bytes.length % 4)) % 4;
  const padded = Buffer.concat([bytes, Buffer.alloc(padding)]);
  let text = '';
  for (let at = 0; at < padded.length; at += 4) {
    let rest = padded.readUInt32BE(at);
    let five = '';
    for (let digit = 0; digit < 5; digit += 1) {
      five = (digits[rest % 85] ?? '') + five;
      rest = Math.floor(rest / 85);
    }
    text += five;
  }
  return text.slice(0, text.length - padding);
}

/** The bytes again; undefined for what no bytes are written as. */
export function fromBase85(text: string): Buffer | undefined {
  const padding = (5 - (text.length % 5)) % 5;
  if (padding === 4) return undefined;
  const padded = text + '~'.repeat(padding);
  const bytes = Buffer.alloc((padded.length / 5) * 4);
  for (let at = 0; at < padded.length; at += 5) {
    let value = 0;
    for (let index = at; index < at + 5; index += 1) {
      const digit = digits.indexOf(padded[index] ?? '');
      if (digit < 0) return undefined;
      value = value * 85 + digit;
    }
    if (value > 0xff_ff_ff_ff) return undefined;
    bytes.writeUInt32BE(value, (at / 5) * 4);
  }
  return bytes.subarray(0, bytes.length - padding);
}
