import type { EnvelopeName } from './names.ts';

/** What is put into an envelope. */
export interface EnvelopeInput {
  /** What cloud-init reads: a `#cloud-config`, or a MIME message where the user has parts of another kind. */
  readonly userData: string;
  /** The node's name; empty where the machine finds its own. */
  readonly name: string;
  /** Where the payload will be served, for an envelope whose payload is. */
  readonly url?: string;
}

/** One form in which user-data is handed over. */
export interface Envelope {
  readonly name: EnvelopeName;
  /** What it is and who takes it, for the help and the schema. */
  readonly summary: string;
  /** How the name of such a file usually ends, e.g. `.yaml`. */
  readonly extension: string;
  /** It makes a text smaller, so that nothing in it need be packed. */
  readonly compresses?: true;
  /** Not for a terminal. */
  readonly binary: boolean;
  /** A disk or a CD: the machine's own, so that no provider's limit counts. */
  readonly drive?: true;
  /** It has not the payload in it, but where a URL serves that. */
  readonly hosted?: true;
  /** The same input gives the same bytes. */
  wrap(input: EnvelopeInput): Uint8Array;
  /** What of these bytes a provider has in its hands as user-data; left out where that is all of them. */
  content?(wrapped: Uint8Array): Uint8Array;
}
