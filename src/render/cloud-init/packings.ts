import { yamlListBytes } from '../../encode/document.ts';
import type { NodeFile } from '../../node/plan.ts';
import { areSame, isArchivable } from './archive.ts';
import { writeFile } from './cloud-config.ts';
import type { Packing } from './cloud-config.ts';

const sizeAs = (file: NodeFile, packed: boolean): number => yamlListBytes([writeFile(file, packed)]);

/** A way to write files, and by about how much it is smaller than plain text, in bytes. */
interface Candidate {
  readonly packing: Packing;
  readonly saved: number;
}

const none: ReadonlySet<string> = new Set();

/** Nothing packed: easiest to read. */
export const plain: Packing = { packed: none, archived: none };

let last: { readonly shared: readonly NodeFile[]; readonly candidates: readonly Candidate[] } | undefined;

/**
 * The ways to write these files smaller than in plain text, from the one that is easiest to read to the smallest: with one more
 * file packed each time, those that save most first; with all of them in one archive; with that in base85. Only files that every node has, so
 * that what is this node's own can always be read. The nodes of a fleet have the same.
 */
export function packings(files: readonly NodeFile[]): readonly Candidate[] {
  const shared = files.filter(({ phase, secret }) => phase === 'image' && !secret);
  if (last === undefined || !areSame(last.shared, shared))
    last = { shared, candidates: candidatesFor(shared) };
  return last.candidates;
}

function candidatesFor(shared: readonly NodeFile[]): readonly Candidate[] {
  const order = shared
    .map((file) => ({ path: file.path, saved: sizeAs(file, false) - sizeAs(file, true) }))
    .filter(({ saved }) => saved > 0)
    .toSorted((a, b) => b.saved - a.saved || (a.path < b.path ? -1 : 1));
  const each = order.map((_, index) => {
    const taken = order.slice(0, index + 1);
    return {
      packing: { packed: new Set(taken.map(({ path }) => path)), archived: none },
      saved: taken.reduce((sum, { saved }) => sum + saved, 0),
    };
  });
  const archived = new Set(shared.filter(isArchivable).map(({ path }) => path));
  const all = { packed: new Set(order.map(({ path }) => path)), archived };
  return [
    ...each,
    { packing: all, saved: Number.POSITIVE_INFINITY },
    { packing: { ...all, dense: true }, saved: Number.POSITIVE_INFINITY },
  ];
}
