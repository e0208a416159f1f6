import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../cli/run.ts';
import type { Block } from './blocks.ts';
import type { Words } from './case.ts';

const textsBelow = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));

/** The words of a block are those that flexgen's sources have. Returns how many there were. */
export function checkWords({ file, line, text }: Block, { words, where }: Words): number {
  const sources = textsBelow(where);
  for (const part of words) {
    assert.ok(text.includes(part), `${file}:${line} does not say ${part}`);
    assert.ok(
      sources.some((source) => source.includes(part)),
      `nothing in ${where} says ${part}`,
    );
  }
  return words.length;
}
