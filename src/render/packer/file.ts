/** A file of the folder that Packer takes. */
export interface FolderFile {
  /** Relative to the folder. */
  readonly path: string;
  readonly mode: number;
  readonly content: string;
}

export const textFile = (path: string, content: string, mode = 0o644): FolderFile => ({
  path,
  mode,
  content,
});
