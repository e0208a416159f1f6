import { yamlDocument } from '../../encode/document.ts';
import type { NodeFile, NodePlan } from '../../node/plan.ts';
import { isArchivable } from './archive.ts';
import { writeFile } from './cloud-config.ts';
import type { Packing } from './cloud-config.ts';

const sizeAs = (file: NodeFile, packed: boolean): number =>
  Buffer.byteLength(yamlDocument([writeFile(file, packed)]));

/**
 * The ways to write a plan, from the one that is easiest to read to the smallest: plain; with one more file packed each
 * time, those that save most first; with all of them in one archive. Only files that every node has, so that what is
 * this node's own can always be read.
 */
export function* packings({ files }: NodePlan): Generator<Packing> {
  const none: ReadonlySet<string> = new Set();
  yield { packed: none, archived: none };
  const shared = files.filter(({ phase, secret }) => phase === 'image' && !secret);
  const order = shared
    .map((file) => ({ path: file.path, saved: sizeAs(file, false) - sizeAs(file, true) }))
    .filter(({ saved }) => saved > 0)
    .toSorted((a, b) => b.saved - a.saved || (a.path < b.path ? -1 : 1))
    .map(({ path }) => path);
  for (const index of order.keys()) yield { packed: new Set(order.slice(0, index + 1)), archived: none };
  const archived = new Set(shared.filter(isArchivable).map(({ path }) => path));
  yield { packed: new Set(order), archived };
}
