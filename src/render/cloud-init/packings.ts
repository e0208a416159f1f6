import type { NodeFile } from '../../node/plan.ts';
import { isArchivable } from './archive.ts';
import type { Packing } from './cloud-config.ts';

/** Nothing packed: easiest to read. */
export const plain: Packing = { archived: new Set() };

/**
 * The ways to write these files smaller than in plain text: in one archive, and with that in base85. Only files that every
 * node has, so that what is this node's own can always be read.
 */
export function packings(files: readonly NodeFile[]): readonly Packing[] {
  const shared = files.filter(({ phase, secret }) => phase === 'image' && !secret);
  const archived = new Set(shared.filter(isArchivable).map(({ path }) => path));
  return [{ archived }, { archived, dense: true }];
}
