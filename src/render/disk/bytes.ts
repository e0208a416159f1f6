/** Bytes that are written field by field, the rest zero. */
export class Block {
  readonly bytes: Buffer;

  constructor(size: number) {
    this.bytes = Buffer.alloc(size);
  }

  u8(at: number, value: number): this {
    this.bytes.writeUInt8(value, at);
    return this;
  }

  u16(at: number, value: number): this {
    this.bytes.writeUInt16LE(value, at);
    return this;
  }

  u32(at: number, value: number): this {
    this.bytes.writeUInt32LE(value, at);
    return this;
  }

  /** As ISO 9660 has its numbers: once for either kind of processor. */
  both16(at: number, value: number): this {
    this.bytes.writeUInt16BE(value, at + 2);
    return this.u16(at, value);
  }

  both32(at: number, value: number): this {
    this.bytes.writeUInt32BE(value, at + 4);
    return this.u32(at, value);
  }

  put(at: number, bytes: Uint8Array): this {
    this.bytes.set(bytes, at);
    return this;
  }

  ascii(at: number, text: string): this {
    return this.put(at, Buffer.from(text, 'latin1'));
  }
}

/** UTF-16 with the high byte first, as Joliet has its names. */
export const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

/** The bytes filled up with zeros to whole units. */
export function padded(bytes: Uint8Array, unit: number): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((unit - (bytes.length % unit)) % unit)]);
}
