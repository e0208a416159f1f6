import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sources } from './sources.ts';

interface Limit {
  /** The part of the files that must be shorter. */
  readonly share: number;
  readonly lines: number;
}

const LIMITS: readonly Limit[] = [
  { share: 0.5, lines: 80 },
  { share: 0.9, lines: 200 },
];

/** The limits that these sizes break, each with the files that are too long. */
function tooLong(sizes: ReadonlyMap<string, number>): string[] {
  return LIMITS.flatMap(({ share, lines }) => {
    const long = [...sizes].filter(([, size]) => size >= lines).map(([file, size]) => `${file} (${size})`);
    return sizes.size - long.length >= share * sizes.size
      ? []
      : [`${long.length} of ${sizes.size} have ${lines} lines: ${long.join(', ')}`];
  });
}

test('half of the files have under 80 lines, nine of ten under 200', () => {
  const sizes = new Map([...sources()].map(([file, text]) => [file, text.split('\n').length - 1]));
  assert.ok(sizes.size > 10);
  assert.deepEqual(tooLong(sizes), []);
});

function sizesOf(...list: number[]): Map<string, number> {
  return new Map(list.map((size, index) => [`${index}.ts`, size]));
}

test('files that are too long are named', () => {
  assert.deepEqual(tooLong(sizesOf(79, 80)), []);
  assert.deepEqual(tooLong(sizesOf(79, 80, 81)), ['2 of 3 have 80 lines: 1.ts (80), 2.ts (81)']);
  assert.deepEqual(tooLong(sizesOf(1, 1, 1, 1, 1, 1, 1, 1, 1, 200)), []);
  assert.deepEqual(tooLong(sizesOf(1, 1, 1, 200)), ['1 of 4 have 200 lines: 3.ts (200)']);
});
