import type { EnvelopeName } from '../envelopes/names.ts';

/** What of a payload a limit counts: the bytes that the machine will read, those in base64, or all that is handed over. */
type Counted = 'content' | 'base64' | 'delivered';

/** What a provisioner takes. */
export interface Target {
  /** Who it is, in a sentence. */
  readonly title: string;
  /** In bytes; null where there is none that a payload could meet. */
  readonly limit: number | null;
  readonly counts: Counted;
  /** What it takes. */
  readonly envelopes: readonly EnvelopeName[];
  /** What of it `auto` tries, in this order: the easiest to read first. */
  readonly auto: readonly EnvelopeName[];
  /** How the payload is handed over, for whoever reads the table. */
  readonly note: string;
}
