/** A file of a small disk, by its path there, e.g. `openstack/latest/user_data`; its folders are made. */
export interface DiskFile {
  readonly path: string;
  readonly content: Uint8Array;
}

/** What a disk has: a name that the system finds it by, and files. */
export interface Volume {
  /** At most eleven characters of ASCII, which is what both file systems take. */
  readonly label: string;
  readonly files: readonly DiskFile[];
}

export interface File {
  readonly name: string;
  readonly content: Uint8Array;
}

export interface Folder {
  readonly name: string;
  readonly folders: readonly Folder[];
  readonly files: readonly File[];
}

const byName = (a: { readonly name: string }, b: { readonly name: string }): number =>
  a.name < b.name ? -1 : 1;

/** The files as a tree, sorted by name whatever order they come in. */
export function tree(files: readonly DiskFile[], name = ''): Folder {
  const here: File[] = [];
  const below = new Map<string, DiskFile[]>();
  for (const { path, content } of files) {
    const slash = path.indexOf('/');
    if (slash === -1) {
      here.push({ name: path, content });
      continue;
    }
    const folder = path.slice(0, slash);
    below.set(folder, [...(below.get(folder) ?? []), { path: path.slice(slash + 1), content }]);
  }
  const folders = Array.from(below, ([folder, list]) => tree(list, folder));
  return { name, folders: folders.toSorted(byName), files: here.toSorted(byName) };
}
