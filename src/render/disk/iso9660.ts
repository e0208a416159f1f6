import { padded } from './bytes.ts';
import { entries, levels, sector } from './iso-folders.ts';
import type { Extent, Listed, Places } from './iso-folders.ts';
import { joliet, primary } from './iso-naming.ts';
import type { Naming } from './iso-naming.ts';
import { descriptor, pathTable, terminator } from './iso-volume.ts';
import { tree } from './tree.ts';
import type { File, Folder, Volume } from './tree.ts';

/** What lies on the image, one after the other. */
class Layout {
  #next: number;

  constructor(first: number) {
    this.#next = first;
  }

  get end(): number {
    return this.#next;
  }

  place(size: number): Extent {
    const at = this.#next;
    this.#next += Math.ceil(size / sector);
    return { at, size };
  }
}

interface Tables {
  readonly naming: Naming;
  readonly places: Map<Folder | File, Extent>;
  readonly little: Extent;
  readonly big: Extent;
}

/** Room for one tree's path tables and folders. How large they are does not depend on where they lie. */
function placeTree(all: readonly Listed[], naming: Naming, layout: Layout): Tables {
  const nowhere: Places = new Map();
  const { length } = pathTable(all, naming, nowhere, 'little');
  const [little, big] = [layout.place(length), layout.place(length)];
  const places = new Map(
    all.map((listed) => [listed.folder, layout.place(entries(listed, all, naming, nowhere).length)] as const),
  );
  return { naming, places: new Map<Folder | File, Extent>(places), little, big };
}

/** The sectors before the first descriptor: a boot loader's, which there is none of. */
const systemArea = Buffer.alloc(16 * sector);

/**
 * An ISO 9660 image with Rock Ridge's names and with Joliet's, so that Linux and Windows read the files by the names that
 * they have. The same files give the same bytes.
 */
export function iso9660({ label, files }: Volume): Buffer {
  const root = tree(files);
  const all = levels(root);
  // Behind the system area: two descriptors and what ends them.
  const layout = new Layout(16 + 3);
  const trees = [placeTree(all, primary, layout), placeTree(all, joliet, layout)];
  const contents = all.flatMap(({ folder }) => folder.files);
  for (const file of contents) {
    const extent = layout.place(file.content.length);
    for (const { places } of trees) places.set(file, extent);
  }
  const descriptors = trees.map(({ naming, places, little, big }, index) =>
    descriptor(
      {
        type: index === 0 ? 'primary' : 'joliet',
        label,
        size: layout.end,
        root: places.get(root) ?? little,
        pathTables: { size: little.size, little: little.at, big: big.at },
      },
      naming,
    ),
  );
  const folders = trees.flatMap(({ naming, places }) => [
    pathTable(all, naming, places, 'little'),
    pathTable(all, naming, places, 'big'),
    ...all.map((listed) => entries(listed, all, naming, places)),
  ]);
  const parts = [...descriptors, terminator, ...folders, ...contents.map(({ content }) => content)];
  return Buffer.concat([systemArea, ...parts.map((part) => padded(part, sector))]);
}
