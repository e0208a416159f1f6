/** A program that reads what one of our encoders writes, on a machine or in a build. */
export interface Reader {
  /** Who reads, and what of: `bash, a word`. */
  readonly name: string;
  /** The encoder's file and function, or what else writes it. */
  readonly writer: string;
  /** How many values a process of it takes at once. */
  readonly batch: number;
  /** The value as it is written. Throws EncodeError where it can't be. */
  readonly encode: (value: string) => string;
  /** What the program makes of them, one answer for each; undefined where it is not installed. It runs in `folder`. */
  readonly read: (tokens: readonly string[], folder: string) => readonly unknown[] | undefined;
  /** What that has to be; default: the value. */
  readonly expected?: (value: string) => unknown;
}
