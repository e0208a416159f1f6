/** A file that a payload writes, before anything of it is masked. */
export interface RawFile {
  readonly path: string;
  /** Permissions, e.g. 0o644. */
  readonly mode: number;
  readonly owner: string | null;
  readonly bytes: Uint8Array;
  /** The part that writes it. */
  readonly part: string;
  /** How it was packed within that part: `gz+b64`, `b64`, or the archive that it is in. */
  readonly packed: string | null;
  /** It is added to the end of what is there. */
  readonly append: boolean;
  /** Its content is fetched from here. */
  readonly source: string | null;
}
