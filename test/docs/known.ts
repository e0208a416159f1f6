import type { Block } from './blocks.ts';
import type { Case, Cases } from './case.ts';

type All = Readonly<Record<string, Cases>>;

const nameOf = ({ file, heading, ordinal }: Pick<Block, 'file' | 'heading' | 'ordinal'>): string =>
  `${file}: ${heading} ${ordinal}`;

export const caseOf = (all: All, { file, heading, ordinal }: Block): Case | undefined =>
  all[file]?.[heading]?.[ordinal - 1];

/** What is in the documents and not in the table, or the other way round. */
export function mismatches(all: All, blocks: readonly Block[]): readonly string[] {
  const there = new Set(blocks.map(nameOf));
  const known = Object.entries(all).flatMap(([file, headings]) =>
    Object.entries(headings).flatMap(([heading, list]) =>
      list.map((_, index) => nameOf({ file, heading, ordinal: index + 1 })),
    ),
  );
  return [
    ...blocks
      .filter((block) => caseOf(all, block) === undefined)
      .map((block) => `${nameOf(block)}, line ${block.line}, has no case in test/docs/cases`),
    ...known.filter((name) => !there.has(name)).map((name) => `${name} is no block of the documents`),
  ];
}
