import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../cli/run.ts';
import { blocksOf } from './blocks.ts';
import type { Block } from './blocks.ts';

/** Those that tell its users how to: what does not fit the README stands where it is about. */
export const guides: readonly string[] = [
  'README.md',
  'packer/README.md',
  ...['config', 'provisioners', 'scaling-groups'].map((name) => `templates/${name}/README.md`),
];

/**
 * The documents for people, relative to the repository's root; but for the reference, which is made from the definitions
 * and has a test of its own.
 */
export function documents(): readonly string[] {
  const generated = readdirSync(join(root, 'generated')).filter(
    (name) => name.endsWith('.md') && name !== 'reference.md',
  );
  return [...guides, 'src/README.md', ...generated.map((name) => `generated/${name}`)];
}

export const documentText = (file: string): string => readFileSync(join(root, file), 'utf8');

/** All blocks of all documents but those in no language, which are drawings. */
export const allBlocks = (): readonly Block[] =>
  documents().flatMap((file) => blocksOf(file, documentText(file)).filter(({ language }) => language !== ''));
