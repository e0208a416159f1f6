import { createHash } from 'node:crypto';
import { padded } from './bytes.ts';
import {
  allocationTable,
  bootSector,
  cylinder,
  mostClusters,
  reserved,
  rootEntries,
  sector,
} from './fat-areas.ts';
import { folderEntries } from './fat-folder.ts';
import type { Clusters } from './fat-folder.ts';
import { entrySize } from './fat-names.ts';
import { tree } from './tree.ts';
import type { File, Folder, Volume } from './tree.ts';

/** Sectors of a cluster: as few as will do. */
const clusterSizes = [1, 2, 4, 8, 16, 32, 64] as const;

/** A piece of the data area, and whose it is. */
interface Piece {
  readonly of: Folder | File;
  readonly parent?: Folder;
  readonly size: number;
}

/** Everything below the root that takes room, a folder before what it has. */
function piecesOf(folder: Folder): readonly Piece[] {
  const nothing: Clusters = new Map();
  return [
    ...folder.files.map((of) => ({ of, size: of.content.length })),
    ...folder.folders.flatMap((of) => [
      { of, parent: folder, size: folderEntries(of, nothing, { parent: folder }).length },
      ...piecesOf(of),
    ]),
  ].filter(({ size }) => size > 0);
}

/** Where the smallest clusters do: their sectors, and the clusters of each piece. */
function fit(pieces: readonly Piece[]): { clusterSectors: number; lengths: readonly number[] } {
  for (const clusterSectors of clusterSizes) {
    const lengths = pieces.map(({ size }) => Math.ceil(size / (clusterSectors * sector)));
    // What fills up the last cylinder is clusters too.
    if (lengths.reduce((sum, length) => sum + length, 0) <= mostClusters - cylinder)
      return { clusterSectors, lengths };
  }
  throw new RangeError('more than a FAT12 disk holds');
}

/**
 * A vfat image, FAT12 with long names. The same files give the same bytes; its serial number is their digest's.
 */
export function fat12({ label, files }: Volume): Buffer {
  const root = tree(files);
  const pieces = piecesOf(root);
  const { clusterSectors, lengths } = fit(pieces);
  const clusters = new Map<Folder | File, number>();
  let next = 2;
  for (const [index, { of }] of pieces.entries()) {
    clusters.set(of, next);
    next += lengths[index] ?? 0;
  }
  const data = pieces.map(({ of, parent }) => {
    const bytes = 'content' in of ? of.content : folderEntries(of, clusters, { parent: parent ?? root });
    return padded(bytes, clusterSectors * sector);
  });
  const digest = createHash('sha256');
  for (const { path, content } of files.toSorted((a, b) => (a.path < b.path ? -1 : 1)))
    digest.update(`${path}\0`).update(content);
  const sectors = Math.ceil((reserved + (next - 2) * clusterSectors) / cylinder) * cylinder;
  const table = allocationTable(lengths);
  return padded(
    Buffer.concat([
      bootSector(label, digest.digest().readUInt32LE(), clusterSectors, sectors),
      table,
      table,
      padded(folderEntries(root, clusters, { label }), rootEntries * entrySize),
      ...data,
    ]),
    cylinder * sector,
  );
}
