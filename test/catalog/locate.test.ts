import assert from 'node:assert/strict';
import { test } from 'node:test';
import { locator } from '../../src/catalog/locate.ts';

const text = 'one\r\ntwo 😀 x\n\nlast';
const locate = locator('f.json', text);

test('lines and columns count from 1, columns in UTF-16 units, lines without their break', () => {
  const start = text.indexOf('x');
  assert.deepEqual(locate({ start, end: start + 1 }), {
    file: 'f.json',
    line: 2,
    column: 8,
    length: 1,
    text: 'two 😀 x',
  });
});

test('a span over several lines ends with its first', () => {
  assert.deepEqual(locate({ start: 1, end: text.length }), {
    file: 'f.json',
    line: 1,
    column: 2,
    length: 2,
    text: 'one',
  });
});

test('the end of the text, with and without a last line break', () => {
  const end = { start: text.length, end: text.length };
  assert.deepEqual(locate(end), { file: 'f.json', line: 4, column: 5, length: 1, text: 'last' });
  assert.deepEqual(locator('f', 'a\n')({ start: 2, end: 2 }), {
    file: 'f',
    line: 2,
    column: 1,
    length: 1,
    text: '',
  });
  assert.deepEqual(locator('f', '')({ start: 0, end: 0 }), {
    file: 'f',
    line: 1,
    column: 1,
    length: 1,
    text: '',
  });
});
