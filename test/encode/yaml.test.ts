import assert from 'node:assert/strict';
import test from 'node:test';
import { parse } from 'yaml';
import { encodeYaml } from '../../src/encode/yaml.ts';
import { lacks } from './reader.ts';
import { readPyYaml } from './pyyaml.ts';
import { encodeAll, refused, samples } from './samples.ts';

test('strings are quoted, on one line; the rest is not', () => {
  assert.equal(encodeYaml('no'), "'no'");
  assert.equal(encodeYaml("it's"), "'it''s'");
  assert.equal(encodeYaml('a\nb'), String.raw`"a\nb"`);
  assert.equal(encodeYaml('a\u0085b'), String.raw`"a\Nb"`);
  assert.equal(encodeYaml(['a', 1, true, 1e-7]), "['a', 1, true, 1.e-7]");
  assert.deepEqual(refused(encodeYaml), ['\ud83d']);
});

/** A token as a value, in a list, in a map and as the first thing on a line. */
function fileOf(tokens: readonly string[]): string {
  return tokens
    .map((token) => `- value: ${token}\n  list: [${token}, {k: ${token}}]\n-\n  ${token}\n`)
    .join('');
}

function expectedOf(value: string): unknown[] {
  return [{ value, list: [value, { k: value }] }, value];
}

test('YAML 1.2 reads each value back', () => {
  const encoded = encodeAll(encodeYaml, samples());
  const got: unknown = parse(fileOf(encoded.map(({ token }) => token)));
  assert.ok(Array.isArray(got));
  for (const [index, { value, token }] of encoded.entries()) {
    assert.deepEqual(got.slice(index * 2, index * 2 + 2), expectedOf(value), token);
  }
});

test('PyYAML reads each value back', (t) => {
  const encoded = encodeAll(encodeYaml, samples());
  const got = readPyYaml(fileOf(encoded.map(({ token }) => token)));
  if (got === undefined) return lacks(t, 'PyYAML');
  for (const [index, { value, token }] of encoded.entries()) {
    assert.deepEqual(got.slice(index * 2, index * 2 + 2), expectedOf(value), token);
  }
  assert.deepEqual(readPyYaml(encodeYaml([0, -1.5, 1e-7, false])), [0, -1.5, 1e-7, false]);
});
