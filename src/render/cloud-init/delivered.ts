import type { Envelope } from './envelopes/envelope.ts';
import type { EnvelopeName } from './envelopes/names.ts';
import type { TargetName } from './targets/names.ts';
import type { Target } from './targets/target.ts';

/** What `output` of the config says, or the command line in its place. */
export interface OutputChoice {
  readonly target: TargetName;
  readonly envelope: EnvelopeName | 'auto';
  /** Where the payload will be served, for an envelope whose payload is. */
  readonly url: string | null;
}

/** A payload as it is handed over. */
export interface Delivered {
  /** A text, unless the envelope is binary. */
  readonly bytes: Uint8Array | string;
  /** The same, encoded. */
  readonly encoded: Uint8Array;
  readonly envelope: EnvelopeName;
  readonly target: TargetName;
  /** What of it the target's limit counts, in bytes. */
  readonly counted: number;
  /** Null where there is none. */
  readonly limit: number | null;
  /** What `output.url` must serve; null where everything is in `bytes`. */
  readonly hosted: string | null;
}

/** How long so many bytes are in base64. */
export const inBase64 = (bytes: number): number => Math.ceil(bytes / 3) * 4;

/** What of this envelope's bytes a target's limit counts. */
export function countedBytes(
  { counts }: Pick<Target, 'counts'>,
  envelope: Envelope,
  wrapped: Uint8Array,
): number {
  if (counts === 'delivered') return wrapped.length;
  const { length } = envelope.content?.(wrapped) ?? wrapped;
  return counts === 'base64' ? inBase64(length) : length;
}
