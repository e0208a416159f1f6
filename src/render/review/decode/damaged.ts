/** A payload that can't be read to its end. Caught at the door of the decoder, which names the file. */
export class Damaged extends Error {
  /** `damaged`, `too-large` or `unknown`. */
  readonly kind: 'damaged' | 'too-large' | 'unknown';
  readonly hint: string;
  constructor(message: string, hint: string, kind: Damaged['kind'] = 'damaged') {
    super(message);
    this.hint = hint;
    this.kind = kind;
  }
}

/** How a layer is named in a message: `base64 > gzip > mime`. */
export const pathOf = (via: readonly string[]): string => (via.length === 0 ? 'the file' : via.join(' > '));
