/** A baked image as it lies on its disk. */
export interface BakedTree {
  /** The folder that its file system was copied into. */
  readonly root: string;
  /** The disk itself, raw. */
  readonly disk: string;
  /** What the build knew and no image may: its user, the key that was let in, the config's secrets. */
  readonly words: readonly string[];
}

/** One thing that an image must be. */
export interface Item {
  readonly name: string;
  /** Where it is looked for. */
  readonly reads: string;
  /** What is wrong, each in a few words; nothing where all is well. */
  violations(tree: BakedTree): Promise<readonly string[]>;
}
